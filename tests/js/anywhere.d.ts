// What browsers and node both have beyond the language itself, as far as the model uses it.
declare class URLSearchParams {
  constructor(text?: string);
  get(name: string): string | null;
  set(name: string, value: string): void;
  toString(): string;
  readonly size: number;
}
