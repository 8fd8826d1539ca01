/**
 * What was asked for lately, by key. Of too much the half that nobody has asked for since is forgotten, and only between
 * two batches (`trim`): within one everything stays that was put in.
 */
export class Recent<V> {
  private young = new Map<string, V>();
  private old = new Map<string, V>();
  private forgot = false;

  /** More than this is held only within a batch. */
  constructor(private readonly max: number) {}

  /** Everything that was ever put in is still here, or was taken out. */
  get isWhole(): boolean {
    return !this.forgot;
  }
  get(key: string): V | undefined {
    const found = this.young.get(key);
    if (found !== undefined || this.old.size === 0) return found;
    const older = this.old.get(key);
    if (older !== undefined) this.young.set(key, older);
    return older;
  }
  set(key: string, value: V): void {
    this.young.set(key, value);
  }
  delete(key: string): void {
    this.young.delete(key);
    this.old.delete(key);
  }
  clear(): void {
    this.young.clear();
    this.old.clear();
    this.forgot = false;
  }
  trim(): void {
    if (this.young.size <= this.max / 2) return;
    this.forgot ||= this.old.size > 0;
    this.old = this.young;
    this.young = new Map();
  }
}
