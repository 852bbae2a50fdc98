CREATE TABLE `changes` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	`before` text NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `changes_user` ON `changes` (`user_id`);--> statement-breakpoint
CREATE INDEX `changes_at` ON `changes` (`at`);--> statement-breakpoint
ALTER TABLE `notifications` ADD `muted_until` integer;--> statement-breakpoint
CREATE INDEX `notifications_snoozed` ON `notifications` (`muted_until`) WHERE muted_until IS NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `zone_confirmed_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `quiet_from` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `quiet_until` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `held_until` integer;