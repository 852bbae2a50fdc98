import {
  defaultNotifications,
  eventTypes,
  type Profile,
  type Role,
  visibleTypes,
} from "../domain/catalogue.ts";
import { type Condition, fingerprint } from "../domain/conditions.ts";
import type { CastAccount, CastNotification, CastUser } from "./company.ts";
import { type Chance, chanceOf } from "./chance.ts";

// The crowd behind the cast: invented companies and people, as many as somebody wants to try.

const beginnings =
  "Amber Ash Barley Birch Bramble Brine Cedar Clover Copper Crane Dapple Drift Ember Fallow Fern Flint Gorse Hazel Heron Ivory Juniper Kestrel Lark Linden Marble Marl Mica Nettle Oriole Otter Pebble Plover Quill Rowan Russet Sable Sedge Slate Sorrel Sparrow Teasel Thistle Umber Velvet Willow Wren Yarrow Zephyr"
    .split(" ");
const endings =
  "brook burrow combe croft dale fell field ford garth gate grove ham haven heath hollow hurst keld lea ley lode mere moor path pool quay rigg shaw shore stead stow strand thorpe vale ward wath well wharf wick wold worth yard"
    .split(" ");

const trades: Record<Profile, string[]> = {
  content: ["Pictures", "Films", "Television", "Originals", "Entertainment"],
  fulfillment: ["Post", "Mastering", "Localization", "Media Services", "Sound"],
  qc: ["Quality Control", "Screening", "Review"],
  studio: ["Studio"],
};

const zones =
  "America/Bogota America/Chicago America/Los_Angeles America/Mexico_City America/New_York America/Sao_Paulo Asia/Bangkok Asia/Dubai Asia/Jakarta Asia/Kolkata Asia/Seoul Asia/Tokyo Australia/Sydney Europe/Berlin Europe/Istanbul Europe/London Europe/Madrid Europe/Paris Europe/Warsaw Africa/Cairo Africa/Lagos UTC"
    .split(" ");

const givenNames =
  "Abena Adriana Aiko Alejandro Amara Anders Aniket Beatriz Bilal Camille Chidi Dagmar Daniela Dmitri Elif Emeka Esther Fatima Felix Gabriela Giulia Hamza Hana Hiroshi Ines Ishaan Jasmin Jonas Kaito Karina Leila Lorenzo Maite Malik Mei Minh Nadia Noor Oksana Olivier Paola Rafael Rania Sanjay Sofia Tariq Thandi Ulrika Valentina Viktor Wanjiru Yara Yusuf Zofia"
    .split(" ");
const familyNames =
  "Abara Almeida Andersson Banerjee Barros Bauer Castillo Chowdhury Costa Demir Dubois Eriksen Fontaine Fujita Galindo Haas Ibrahim Ivanova Jansen Kamara Kaur Kimura Kovacs Lam Lindholm Lopez Mazur Mensah Moreau Morita Naidoo Nguyen Novak Obi Okeke Olsen Pereira Petrov Quiroga Rao Ricci Rossi Sato Schulz Silva Tanaka Torres Vargas Vidal Wagner Yilmaz"
    .split(" ");

/** The invented account of this index, from 0. */
export function furtherAccount(index: number): CastAccount {
  const chance = chanceOf("account", index);
  const profile = chance.weighted({ content: 50, fulfillment: 40, qc: 10 });
  const name = `${placeName(index)} ${chance.pick(trades[profile])}`;
  const id = slug(name);
  const account = { id, name, profile, zone: chance.pick(zones) };
  // Most companies are small and a few are large; the mean is 20 people.
  const size = 3 + Math.floor(52 * chance.fraction() ** 2);
  const users = Array.from({ length: size }, (_, i) => person(account, i, chance));
  return { ...account, users };
}

/** A name that no other index has: each pair once, in an order that looks like none. */
function placeName(index: number): string {
  const pairs = beginnings.length * endings.length;
  const pair = (index * 1009) % pairs;
  const round = Math.floor(index / pairs);
  const name = beginnings[Math.floor(pair / endings.length)]! + endings[pair % endings.length]!;
  return round === 0 ? name : `${name} ${round + 1}`;
}

function person(account: Omit<CastAccount, "users">, index: number, chance: Chance): CastUser {
  const given = chance.pick(givenNames);
  // Nobody in a company shares a family name, so no two share an address.
  const family = familyNames[(index * 7) % familyNames.length]!;
  const again = index < familyNames.length ? "" : `-${index}`;
  const roles = rolesOf(account.profile, index, chance);
  return {
    id: `${account.id}-${index + 1}`,
    purpose: "One of the crowd",
    name: `${given} ${family}`,
    email: `${slug(`${given}.${family}`)}${again}@${account.id}.example`,
    roles,
    zone: chance.happens(0.85) ? account.zone : chance.pick(zones),
    digestHour: chance.pick([6, 7, 8, 8, 8, 9, 9, 10, 16, 17]),
    digestWeekday: chance.pick([1, 1, 1, 2, 3, 4, 5, 5]),
    notifications: notificationsOf(roles, chance),
  };
}

const working: Record<Profile, Role[]> = {
  content: [
    "content-partner-operations",
    "content-partner-operations",
    "master-content-partner-operations",
  ],
  fulfillment: ["fulfillment-partner-operations"],
  qc: ["qc-operator", "qc-operator", "qc-vendor-manager"],
  studio: ["studio-operations"],
};

/** The first of a company is its admin; now and then another one is too. */
function rolesOf(profile: Profile, index: number, chance: Chance): Role[] {
  const role = chance.pick(working[profile]);
  return index === 0 || chance.happens(0.05) ? [role, "account-admin"] : [role];
}

/** What somebody asked for beside the defaults: each of it once, and nothing that a default asks already. */
function notificationsOf(roles: Role[], chance: Chance): CastNotification[] {
  const types = visibleTypes(roles);
  const wanted = Array.from({ length: chance.whole(0, 4) }, (): CastNotification => {
    const type = chance.pick(types);
    const frequency = chance.pick(eventTypes[type]!.frequencies);
    const muted = chance.happens(0.1) ? { muted: true } : {};
    return { type, conditions: conditionsOf(chance), frequency, ...muted };
  });
  const key = ({ type, frequency, conditions }: CastNotification) =>
    fingerprint(type, frequency, conditions);
  const unique = new Map(wanted.map((notification) => [key(notification), notification]));
  for (const [type, frequency] of defaultNotifications(roles)) {
    unique.delete(fingerprint(type, frequency, []));
  }
  return [...unique.values()];
}

const questions: Condition[] = [
  { field: "content_type", op: "any", values: ["branded"] },
  { field: "content_type", op: "any", values: ["day-after-broadcast", "day-of-broadcast"] },
  { field: "content_type", op: "none", values: ["licensed"] },
  { field: "language", op: "any", values: ["es", "pt-BR"] },
  { field: "language", op: "any", values: ["ja", "ko"] },
  { field: "priority", op: "any", values: ["high", "urgent"] },
  { field: "priority", op: "none", values: ["low"] },
  { field: "source_type", op: "any", values: ["timed-text"] },
  { field: "source_type", op: "any", values: ["video-and-audio"] },
  { field: "source_type", op: "none", values: ["documents"] },
  { field: "territory", op: "any", values: ["DE", "FR"] },
  { field: "fulfillment_partner", op: "any", values: ["meridian-post"] },
];

/** Questions of the common fields, so that they fit every event type; up to two, of different fields. */
function conditionsOf(chance: Chance): Condition[] {
  const first = chance.pick(questions);
  const second = chance.pick(questions);
  if (chance.happens(0.1)) return [];
  if (first.field === second.field || chance.happens(0.6)) return [first];
  return [first, second].sort((a, b) => a.field < b.field ? -1 : 1);
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-");
}
