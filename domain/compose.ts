/** What one email tells and why, as it is stored: enough to render it again word for word. */
export interface EmailContent {
  /** The notifications that matched, as they read when the email was composed. */
  reasons: { id: number; sentence: string }[];
  /** The events told, in the order of the log; `reasons` are indexes into the list above. */
  items: { seq: number; reasons: number[] }[];
}
