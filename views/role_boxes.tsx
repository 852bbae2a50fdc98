import { type Profile, type Role, roles, rolesFor } from "../domain/catalogue.ts";
import { PreparedNote } from "./preparations.tsx";

interface RoleBoxesProps {
  /** What the account does: its roles are on offer. */
  profile: Profile;
  chosen: readonly Role[];
  /** How many notifications are prepared for whoever gets a role. */
  countPrepared: (role: Role) => number;
}

/** The roles of an account, to tick. */
export function RoleBoxes({ profile, chosen, countPrepared }: RoleBoxesProps) {
  return (
    <div>
      {rolesFor(profile).map((role) => (
        <label class="choice">
          <input type="checkbox" name="role" value={role} checked={chosen.includes(role)} />
          <span>
            {roles[role].label}
            <PreparedNote count={countPrepared(role)} />
          </span>
        </label>
      ))}
    </div>
  );
}
