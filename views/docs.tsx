import type { PropsWithChildren } from "hono/jsx";
import { type CloudEvent, curlOf } from "./curl.ts";
import { Page, type Shell } from "./page.tsx";
import { EventTypeMembers, Members } from "./schema_members.tsx";
import { commonTo, type Schema } from "./schemas.ts";

/** The part of an OpenAPI document that the page reads. */
export interface Api {
  info: { title: string; description: string };
  components: { schemas: Record<string, Schema> & { Event: AnyEvent } };
  paths: { "/api/events": { post: Operation } };
}

interface AnyEvent {
  discriminator: { mapping: Record<string, string> };
  examples: [CloudEvent];
}

interface Operation {
  /** A list, one line each. */
  description: string;
  requestBody: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string }>;
}

interface DocsProps {
  shell: Shell;
  api: Api;
  baseUrl: string;
}

/** The events API for people, rendered from what it says of itself to programs. */
export function DocsPage({ shell, api, baseUrl }: DocsProps) {
  const { post } = api.paths["/api/events"];
  const { schemas } = api.components;
  const types = Object.keys(schemas.Event.discriminator.mapping).map((id) => ({
    ...schemas[id]!,
    id,
    attributes: schemas[id]!.properties!,
    data: schemas[id]!.properties!.data!.properties!,
  }));
  const common = commonTo(types.map(({ data }) => data));
  return (
    <Page shell={shell} title={api.info.title}>
      <article class="panel prose" aria-labelledby="docs-heading">
        <header>
          <h1 id="docs-heading">{api.info.title}</h1>
          <p>{api.info.description}</p>
          <p class="hint">
            The same for programs: <a href="/openapi.json">/openapi.json</a>, OpenAPI 3.1.
          </p>
        </header>
        <Posting operation={post} example={schemas.Event.examples[0]} baseUrl={baseUrl} />
        <Answers operation={post} />
        <Part title="An event">
          <p>
            The attributes of CloudEvents 1.0, with a <code>type</code> and <code>data</code>{" "}
            as below.
          </p>
          <Members
            members={commonTo(types.map(({ attributes }) => attributes))}
            required={types[0]!.required}
          />
        </Part>
        <Part title="Its data">
          <p>These members may stand in every event; some types have others of their own.</p>
          <Members members={common} required={["accounts"]} />
        </Part>
        <Part title="Event types">
          {types.map((type) => <EventTypeMembers type={type} common={common} />)}
        </Part>
        <Part title="What is strange">
          <ul class="sentences">
            {post.description.split("\n").map((line) => <li>{line.replace(/^- /, "")}</li>)}
          </ul>
        </Part>
      </article>
    </Page>
  );
}

function Part({ title, children }: PropsWithChildren<{ title: string }>) {
  const id = title.toLowerCase().replaceAll(" ", "-");
  return (
    <section class="section letter" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Posting(
  { operation, example, baseUrl }: { operation: Operation; example: CloudEvent; baseUrl: string },
) {
  const [single, ...others] = Object.entries(operation.requestBody.content);
  return (
    <Part title="Posting events">
      <p>
        The studio gives each system a key, which may be held to some sources and to a pace. One
        event:
      </p>
      <pre>{curlOf(baseUrl, single![0], example)}</pre>
      <p>The same in the other ways that HTTP has for CloudEvents:</p>
      {others.map(([type, { schema }]) => (
        <details>
          <summary>
            <code>{type}</code>
          </summary>
          <p>{schema.description}</p>
          <pre>{curlOf(baseUrl, type, example)}</pre>
        </details>
      ))}
    </Part>
  );
}

function Answers({ operation: { responses } }: { operation: Operation }) {
  const { 202: accepted, ...failures } = responses;
  return (
    <Part title="What comes back">
      <p>
        <code>202</code>: {accepted!.description}. <code>rejected</code>{" "}
        lists what was not, by its place, its id and what is wrong with it.
      </p>
      <pre>{'{"accepted":1,"duplicates":0,"rejected":[]}'}</pre>
      <p>
        Everything else is <code>application/problem+json</code> (RFC 9457):
      </p>
      <dl>
        {Object.entries(failures).map(([status, { description }]) => (
          <div>
            <dt>
              <code>{status}</code>
            </dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
