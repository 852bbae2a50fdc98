ALTER TABLE `api_keys` ADD `sources` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `per_second` integer DEFAULT 1000 NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `last_used_at` integer;