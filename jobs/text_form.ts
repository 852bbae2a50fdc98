/**
 * A form of texts, written down as it is filled in and posted as one blob. Left to `fetch`, this takes longer than all
 * the rest of a request; and a text Deno would post a second time, unasked, where a connection that was used before
 * breaks, although the first may have arrived.
 */
export class TextForm extends FormData {
  readonly #boundary = crypto.randomUUID();
  #parts = "";

  override append(name: string, value: string | Blob): void {
    this.#parts +=
      `--${this.#boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  }

  multipart(): { body: Blob; type: string } {
    const type = `multipart/form-data; boundary=${this.#boundary}`;
    // As one part: each would be copied and read by itself.
    return { body: new Blob([`${this.#parts}--${this.#boundary}--\r\n`]), type };
  }
}
