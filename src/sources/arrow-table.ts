/** What tidemark needs of a table of apache-arrow, whichever copy of the library made it. */
export interface ArrowTable {
  readonly schema: { readonly fields: readonly ArrowField[] };
  readonly batches: readonly ArrowBatch[];
}

export interface ArrowField {
  readonly name: string;
  readonly type: { readonly typeId: number; toString(): string };
}

export interface ArrowBatch {
  readonly numRows: number;
  getChildAt(index: number): { get(row: number): unknown } | null;
}

/** A table that was handed over in memory. */
export class ArrowData {
  constructor(readonly table: ArrowTable) {}
}
