CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`account_id` text,
	`actor_id` text,
	`via` text NOT NULL,
	`deed` text NOT NULL,
	`subject` text NOT NULL,
	`subject_id` text NOT NULL,
	`user_id` text,
	`before` text,
	`after` text
);
--> statement-breakpoint
CREATE INDEX `audit_account` ON `audit` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE TRIGGER `audit_unchanged` BEFORE UPDATE ON `audit`
BEGIN
	SELECT RAISE(ABORT, 'the audit log is append only');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_kept` BEFORE DELETE ON `audit` WHEN OLD.at > (SELECT max(at) FROM audit) - 2592000000
BEGIN
	SELECT RAISE(ABORT, 'the audit log is append only');
END;
