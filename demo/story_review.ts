import { commentWords, replyWords } from "./story_comments.ts";
import { atWork, day, hour } from "./story_hours.ts";
import { isoInstant, type Life, tell, toSecond } from "./story_telling.ts";
import * as words from "./story_review_words.ts";
import { warningWords } from "./story_words.ts";

// What happens to a source that was delivered: inspections, redeliveries and quality control.

/** Tells the inspections, the redeliveries that they ask for, and that the source was processed. */
export function inspect(life: Life): void {
  for (const risk of [0.28, 0.2, 0.1]) {
    if (!life.chance.happens(risk)) break;
    failInspection(life);
    redeliver(life, life.chance.happens(0.25));
  }
  process(life);
}

function process(life: Life): void {
  const duration = life.chance.between(0.4, 5) * hour;
  const summary = words.processedWords(duration);
  tell(life, "source-request.processed", life.now + duration, { summary });
}

function failInspection(life: Life): void {
  const { chance, now, request } = life;
  const inspection = request.facts.source_type === "imf" && chance.happens(0.7)
    ? "photon"
    : chance.weighted({ "auto-qc": 70, "manual": 30 });
  const errors = Math.ceil(24 * chance.fraction() ** 3 + 0.01);
  const data = {
    summary: words.inspectionWords(life, inspection, errors),
    inspection,
    error_count: errors,
  };
  tell(life, "source-request.inspection-failed", now + chance.between(0.3, 6) * hour, data);
}

/** A redelivery is due 48 hours after it was asked for, weekends or not. */
function redeliver(life: Life, blocker: boolean): void {
  const { chance, request } = life;
  const asked = atWork(life.now + chance.between(0.5, 6) * hour, request.studio.offset, chance);
  const due = toSecond(asked) + 48 * hour;
  const reason = words.redeliveryReasonOf(life);
  tell(life, "source-request.redelivery-requested", asked, {
    summary: words.redeliveryWords(life, reason),
    due: isoInstant(due),
    reason,
    blocker,
  });
  const hours = chance.happens(0.08) ? chance.between(49, 58) : chance.between(7, 46);
  awaitRedelivery(life, due, asked + hours * hour);
}

function awaitRedelivery(life: Life, due: number, delivery: number): void {
  const { chance } = life;
  const reply = life.now + chance.between(0.5, 4) * hour;
  if (chance.happens(0.5)) {
    comment(life, reply, life.request.fulfillment ? "fulfillment" : "content");
  }
  const warn = (type: string, at: number) => {
    if (at >= delivery) return;
    const summary = warningWords(life, "asset-delivery", due);
    tell(life, type, at, { summary, due: isoInstant(due), area: "asset-delivery" });
  };
  warn("source-request.at-risk", due - chance.between(10, 18) * hour);
  warn("source-request.critical", due - chance.between(2, 5) * hour);
  tell(life, "source-request.delivered", delivery, { summary: words.redeliveredWords(life) });
}

function comment(life: Life, at: number, author: "content" | "fulfillment" | "qc"): void {
  const summary = author === "qc" ? commentWords(life, author) : replyWords(life);
  const data = { summary, author_profile: author };
  tell(life, "source-request.comment-added", at, data);
}

/** Tells the quality control of a source, where there is somebody to do it and it is worth it. */
export function review(life: Life): void {
  const { chance, request } = life;
  if (!request.qc || !chance.happens(request.craft === "documents" ? 0.3 : 0.85)) return;
  life.reviewed = true;
  const failed = check(life, chance.weighted({ full: 60, spot: 40 }), 0.14);
  if (!failed) return;
  redeliver(life, chance.happens(0.6));
  process(life);
  check(life, "fix-check", 0);
}

/** Tells one QC task; answers whether the source failed it. */
function check(life: Life, kind: string, risk: number): boolean {
  const { chance, request } = life;
  const asked = atWork(life.now + chance.between(1, 14) * hour, request.studio.offset, chance);
  const due = Math.ceil((asked + chance.between(2, 4) * day) / hour) * hour;
  const report = reportAt(life, asked, due);
  const common = { due: isoInstant(due), qc_kind: kind };
  const task = { summary: words.taskWords(life, kind, due), ...common };
  tell(life, "qc.task-assigned", asked, task);
  const remark = life.now + chance.between(2, 8) * hour;
  const near = due - chance.between(8, 20) * hour;
  if (chance.happens(0.3) && remark < Math.min(report, near)) comment(life, remark, "qc");
  const warning = { summary: words.nearWords(kind, due), ...common };
  if (near < report) tell(life, "qc.deadline-near", near, warning);
  const result = chance.happens(risk)
    ? "fail"
    : chance.weighted({ pass: 72, "pass-with-notes": 28 });
  const summary = words.reportWords(life, result);
  tell(life, "qc.report-available", report, { summary, qc_kind: kind, result });
  return result === "fail";
}

/** Most reports come within the office hours before the deadline, a few after it. */
function reportAt({ chance, request }: Life, asked: number, due: number): number {
  if (chance.happens(0.05)) return due + chance.between(1, 8) * hour;
  const wanted = asked + chance.between(0.2, 0.95) * (due - asked);
  const possible = atWork(wanted, request.qc!.offset, chance);
  return possible < due ? possible : wanted;
}
