import { castTest } from "./cast.ts";

// What an admin does for colleagues, and a studio admin sees, from the page.

castTest(
  "an admin copies a notification to a colleague and takes it back at once",
  async (cast) => {
    const page = await cast.visit({ who: "desmond-achebe" });
    const row = page.getByRole("listitem", { name: "Request At Risk" }).filter({
      hasText: "Custom",
    });
    await row.getByRole("button", { name: "Actions for Request At Risk" }).click();
    await page.getByRole("menuitem", { name: "Copy to colleagues" }).click();
    await page.getByRole("checkbox", { name: /Ingrid Solheim/ }).check();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    const status = page.getByRole("status");
    await status.getByText("Copied to 1 colleague").waitFor();

    const ingrid = await cast.visit({ who: "ingrid-solheim" });
    const copy = ingrid.getByRole("listitem", { name: "Request At Risk" });
    await copy.filter({ hasText: "within 2 days" }).waitFor();
    await status.getByRole("button", { name: "Undo" }).click();
    await status.getByText("Undone: the copies are gone again").waitFor();
    await ingrid.reload();
    await copy.waitFor({ state: "detached" });
  },
);

castTest("a studio admin looks, is refused with a reason, and ends it", async (cast) => {
  const page = await cast.visit({ who: "samir-haddad", path: "/people/grace-lindqvist" });
  await page.getByRole("button", { name: "See what they see: Grace Lindqvist" }).click();
  await page.getByText("You see what Grace Lindqvist of Northlight Studio sees").waitFor();
  await page.getByRole("link", { name: "Notification settings" }).click();
  await page.getByRole("button", { name: "Actions for Source Delivered" }).last().click();
  await page.getByRole("menuitem", { name: "Mute" }).click();
  await page.getByRole("alert").getByText("Nothing was changed: you see what Grace").waitFor();
  await page.getByRole("button", { name: "End viewing" }).click();
  await page.getByRole("heading", { name: "Grace Lindqvist" }).waitFor();
});
