CREATE TABLE `directory_entries` (
	`user_id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`user_name` text,
	`external_id` text,
	`given_name` text,
	`family_name` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `directory_entries_user_name` ON `directory_entries` (`account_id`,"user_name" COLLATE NOCASE);--> statement-breakpoint
CREATE UNIQUE INDEX `directory_entries_external_id` ON `directory_entries` (`account_id`,`external_id`);--> statement-breakpoint
CREATE TABLE `scim_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`name` text NOT NULL,
	`per_second` integer DEFAULT 50 NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `scim_keys_account` ON `scim_keys` (`account_id`);