/** A value in few characters: numbers with four significant digits, texts as they are. */
export function short(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  const number = typeof value === 'number' ? value : Number(value);
  if (typeof value === 'boolean' || Number.isNaN(number) || value === '') return String(value);
  if (Number.isInteger(number) && Math.abs(number) < 1e6) return String(number);
  const size = Math.abs(number);
  return size >= 1e6 || size < 1e-3
    ? number.toPrecision(4).replace(/\.?0+e/, 'e')
    : String(Number(number.toPrecision(4)));
}

/** A share as a percentage, with enough digits to tell small ones from none. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value === 100) return `${value}%`;
  return `${value < 1 ? value.toPrecision(2) : value.toFixed(value < 10 ? 1 : 0)}%`;
}
