CREATE TABLE `held_roles` (
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`user_id`, `role`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `prepared` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` text NOT NULL,
	`role` text NOT NULL,
	`type` text NOT NULL,
	`conditions` text NOT NULL,
	`frequency` text NOT NULL,
	`fingerprint` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prepared_once` ON `prepared` (`account_id`,`role`,`fingerprint`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `viewing_id` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `sessions` ADD `viewing_until` integer;--> statement-breakpoint
CREATE INDEX `sessions_viewing` ON `sessions` (`viewing_until`) WHERE viewing_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `audit_viewings` ON `audit` (`user_id`,`id`) WHERE deed IN ('began viewing as', 'ended viewing as');--> statement-breakpoint
INSERT OR IGNORE INTO `held_roles` SELECT `users`.`id`, `value` FROM `users`, json_each(`users`.`roles`);
