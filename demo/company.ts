import type { Frequency, Profile, Role } from "../domain/catalogue.ts";
import type { Condition } from "../domain/conditions.ts";

// What is told of a company of the demo and of its people.

export interface CastNotification {
  type: string;
  conditions: Condition[];
  frequency: Frequency;
  muted?: boolean;
}

export interface CastUser {
  id: string;
  /** What this person is there to show. */
  purpose: string;
  name: string;
  email: string;
  roles: Role[];
  zone: string;
  /** Nobody has said that the zone is right. */
  zoneGuessed?: boolean;
  digestHour: number;
  /** 1 (Monday) to 7. */
  digestWeekday: number;
  /** The hours between which immediate mail is held. */
  quietFrom?: number;
  quietUntil?: number;
  deactivated?: boolean;
  /** The custom ones; the default ones follow from the roles. */
  notifications: CastNotification[];
  /** The event types whose default notification is muted. */
  mutedDefaults?: string[];
}

export interface CastAccount {
  id: string;
  name: string;
  profile: Profile;
  /** Where its office is: its people are at work in these hours. */
  zone: string;
  users: CastUser[];
}
