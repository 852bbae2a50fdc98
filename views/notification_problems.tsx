import type { Problem } from "../domain/errors.ts";

/** A notification that asks the same, or what was done elsewhere to the one that is edited. */
export type Obstacle = { kind: "exists" | "changed"; id: number } | { kind: "gone" };

/** Says what stands in the way of saving, and leads to it. */
export function ObstacleAlert({ obstacle }: { obstacle: Obstacle }) {
  if (obstacle.kind === "gone") {
    return (
      <div class="problem-box" role="alert">
        <p>
          <strong>This notification was deleted in another window meanwhile.</strong>{" "}
          Nothing was saved, and what you typed is still here: Save now makes a new one of it.
        </p>
      </div>
    );
  }
  const { kind, id } = obstacle;
  if (kind === "exists") {
    return (
      <div class="problem-box" role="alert">
        <p>
          <strong>This notification already exists.</strong>{" "}
          It asks the same, equally often. Change something here, or{" "}
          <a href={`/notifications/${id}`}>go to the one that you have</a>.
        </p>
      </div>
    );
  }
  const path = `/notifications/${id}/edit`;
  return (
    <div class="problem-box" role="alert">
      <p>
        <strong>This notification was changed in another window meanwhile.</strong>{" "}
        Nothing was saved, and what you typed is still here.{" "}
        <a href={path} hx-get={path} hx-target="#window">Load what is saved now</a>, then change it
        again.
      </p>
    </div>
  );
}

/** Says what is wrong with the fields, and leads to each. */
export function ProblemSummary({ problems }: { problems: Problem[] }) {
  return (
    <div class="problem-box" role="alert">
      <p>
        <strong>
          {problems.length === 1
            ? "One thing needs another look"
            : `${problems.length} things need another look`}
        </strong>
      </p>
      {problems.map(({ field, message }) => (
        <p>
          <a href={`#field-${field}`}>{message}</a>
        </p>
      ))}
    </div>
  );
}
