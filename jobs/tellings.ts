/** Lets one wait for what others tell: `told` yields once for all that was told meanwhile, and at least once before it ends. */
export interface Tellings {
  tell(): void;
  /** Says that nothing more is told. */
  end(): void;
  told(): AsyncGenerator<void>;
}

export function openTellings(): Tellings {
  let next = Promise.withResolvers<void>();
  let isOver = false;
  return {
    tell: () => next.resolve(),
    end() {
      isOver = true;
      next.resolve();
    },
    async *told() {
      for (let goesOn = true; goesOn;) {
        await next.promise;
        next = Promise.withResolvers();
        // Whatever is told from here on is another turn's.
        goesOn = !isOver;
        yield;
      }
    },
  };
}
