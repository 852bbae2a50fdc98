CREATE TABLE `runs` (
	`job` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`took` integer NOT NULL,
	`did` text NOT NULL,
	`problem` text
);
--> statement-breakpoint
CREATE INDEX `emails_sent` ON `emails` (`sent_at`) WHERE sent_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `emails_undelivered` ON `emails` (`composed_at`) WHERE state = 'failed' OR delivery IN ('refused', 'complained');