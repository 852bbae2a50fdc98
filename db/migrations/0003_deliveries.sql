CREATE TABLE `heard_tokens` (
	`token` text PRIMARY KEY NOT NULL,
	`heard_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `emails` ADD `delivery` text;--> statement-breakpoint
ALTER TABLE `emails` ADD `delivery_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `complained_at` integer;