import { equal } from "node:assert/strict";
import { remembered } from "./remembered.ts";

interface Shown {
  thing: { name: string };
  note?: string;
}

Deno.test("what is the same in every property is not shown anew, and anything else is", () => {
  let times = 0;
  const Thing = remembered<Shown>(({ thing }) => thing, ({ thing, note }) => {
    times += 1;
    return <p>{thing.name} {note}</p>;
  });
  const show = (props: Shown) => String(<Thing {...props} />);
  const [one, other] = [{ name: "one & only" }, { name: "other" }];

  equal(show({ thing: one }), "<p>one &amp; only </p>");
  equal(show({ thing: one }), "<p>one &amp; only </p>");
  equal(times, 1);
  equal(show({ thing: one, note: "new" }), "<p>one &amp; only new</p>");
  equal(show({ thing: one }), "<p>one &amp; only </p>");
  equal(show({ thing: other }), "<p>other </p>");
  equal(times, 4);
});
