ALTER TABLE `emails` ADD `failing_since` integer;--> statement-breakpoint
ALTER TABLE `emails` ADD `given_up_at` integer;--> statement-breakpoint
ALTER TABLE `emails` ADD `deliver_by` integer;--> statement-breakpoint
ALTER TABLE `emails` ADD `overdue_told_at` integer;--> statement-breakpoint
CREATE INDEX `emails_given_up` ON `emails` (`given_up_at`) WHERE given_up_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `emails_overdue` ON `emails` (`deliver_by`) WHERE deliver_by IS NOT NULL;