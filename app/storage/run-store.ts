import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import {
  isReadable,
  type RunRecord,
  type RunToKeep,
  readRecord,
  recordVersion,
  type Unreadable,
} from './record.ts';

/** As many runs are kept, and as many bytes of their checkpoints; of more, the oldest that are not pinned go. */
export const mostRuns = 30;
export const mostBytes = 500e6;

interface Schema extends DBSchema {
  /** What is read is not trusted: it may be another version's, or damaged. */
  runs: { key: string; value: unknown; indexes: { made: number; kept: number } };
  /** Checkpoints as weights files, by the run's id. */
  checkpoints: { key: string; value: unknown };
  /** What the network was like at milestones, by the run's id and the step. */
  moments: { key: [id: string, step: number]; value: unknown };
}

const databaseVersion = 2;

const storeNames = ['runs', 'checkpoints', 'moments'] as const;
type Stores = typeof storeNames;
type Writing = IDBPTransaction<Schema, Stores, 'readwrite'>;

/** A run that another page has come to write: what is kept of it is that page's now. */
export class TakenError extends Error {
  override readonly name = 'TakenError';
}

/** What `remove` took away, to be put back by `putBack`. */
export type Removed = {
  id: string;
  record: unknown;
  checkpoint: unknown;
  moments: { key: [id: string, step: number]; moment: unknown }[];
}[];

/** A milestone's moment to be kept: anything that can be cloned, with the checkpoint that most of its size is. */
interface MomentToKeep {
  step: number;
  checkpoint: Uint8Array | null;
}

const channelName = 'deephtm.runs';

/** Calls `changed` when any page changes what is kept. @returns a function that stops it */
export function onRunsChange(changed: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', changed);
  return () => channel.close();
}

/**
 * The runs that this browser keeps, in IndexedDB. Every method throws what IndexedDB does: QuotaExceededError where
 * there is no room, others where the browser keeps nothing.
 */
export class RunStore {
  readonly #name: string;
  readonly #channel = new BroadcastChannel(channelName);
  #database: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(name = 'deephtm') {
    this.#name = name;
  }

  /** All runs, the newest first, and what could not be read. */
  async list(): Promise<{ runs: RunRecord[]; unreadable: Unreadable[] }> {
    const database = await this.#open();
    const { store, done } = database.transaction('runs');
    const [ids, stored] = await Promise.all([store.getAllKeys(), store.getAll(), done]);
    const records = stored.map((record, i) => readRecord(ids[i]!, record));
    const runs = records.filter(isReadable).sort((a, b) => b.made - a.made);
    return { runs, unreadable: records.filter((record): record is Unreadable => !isReadable(record)) };
  }

  async get(id: string): Promise<RunRecord | Unreadable | null> {
    const stored = await (await this.#open()).get('runs', id);
    return stored === undefined ? null : readRecord(id, stored);
  }

  /** The run's checkpoint as a weights file; null when there is none. */
  async checkpoint(id: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const stored = await (await this.#open()).get('checkpoints', id);
    return stored instanceof Uint8Array ? (stored as Uint8Array<ArrayBuffer>) : null;
  }

  /**
   * Keeps a run as it stands now, in the place of what was kept of it; its name and pin stay.
   * @param checkpoint null to leave the one that is kept
   * @throws TakenError when another page writes this run
   */
  async keep(run: RunToKeep, checkpoint: { bytes: Uint8Array; step: number } | null): Promise<RunRecord> {
    const now = Date.now();
    return this.#write(async (runs, checkpoints, tx) => {
      const stored = await runs.get(run.id);
      const found = stored === undefined ? null : readRecord(run.id, stored);
      const before = found && isReadable(found) ? found : null;
      if (before && before.writer !== run.writer) throw new TakenError('Another page goes on with this run.');
      const kept = (await latest(tx, 'kept')) + 1;
      const record: RunRecord = {
        ...run,
        version: recordVersion,
        name: before?.name ?? (await unused(run.name, runs)),
        pinned: before?.pinned ?? false,
        checkpointStep: checkpoint?.step ?? before?.checkpointStep ?? null,
        bytes: checkpoint?.bytes.byteLength ?? before?.bytes ?? 0,
        momentBytes: before?.momentBytes ?? 0,
        created: before?.created ?? now,
        updated: now,
        made: before?.made ?? (await latest(tx, 'made')) + 1,
        kept,
      };
      await Promise.all([
        runs.put(record, run.id),
        checkpoint ? checkpoints.put(checkpoint.bytes, run.id) : null,
      ]);
      return record;
    });
  }

  /** What was kept of the run's milestones, as it was found. */
  async moments(id: string): Promise<unknown[]> {
    return (await this.#open()).getAll('moments', momentsOf(id));
  }

  /** Keeps what the network was like at a milestone, in the place of what was kept of it; nothing of a run that is gone. */
  async keepMoment(id: string, moment: MomentToKeep): Promise<void> {
    await this.#write(async (runs, _, tx) => {
      const moments = tx.objectStore('moments');
      const key: [string, number] = [id, moment.step];
      const [stored, before] = await Promise.all([runs.get(id), moments.get(key)]);
      const record = stored === undefined ? null : readRecord(id, stored);
      if (!record || !isReadable(record)) return;
      const momentBytes = Math.max(0, record.momentBytes + sizeOf(moment) - sizeOf(before));
      await Promise.all([moments.put(moment, key), runs.put({ ...record, momentBytes }, id)]);
    });
  }

  /** Changes what a person says of a run, or who writes it. Does nothing when the run is not there any more. */
  async change(
    id: string,
    change: Partial<Pick<RunRecord, 'name' | 'pinned' | 'training' | 'writer'>>,
  ): Promise<void> {
    await this.#write(async runs => {
      const stored = await runs.get(id);
      const record = stored === undefined ? null : readRecord(id, stored);
      if (record && isReadable(record)) await runs.put({ ...record, ...change }, id);
    });
  }

  /** Deletes runs, readable or not. @returns them, to be put back */
  async remove(ids: readonly string[]): Promise<Removed> {
    return this.#write(async (runs, checkpoints, tx) => {
      const moments = tx.objectStore('moments');
      const removed: Removed = [];
      for (const id of ids) {
        const [record, checkpoint, keys, values] = await Promise.all([
          runs.get(id),
          checkpoints.get(id),
          moments.getAllKeys(momentsOf(id)),
          moments.getAll(momentsOf(id)),
        ]);
        const kept = keys.map((key, i) => ({ key, moment: values[i] }));
        removed.push({ id, record, checkpoint, moments: kept });
        await Promise.all([runs.delete(id), checkpoints.delete(id), moments.delete(momentsOf(id))]);
      }
      return removed;
    });
  }

  async putBack(removed: Removed): Promise<void> {
    await this.#write(async (runs, checkpoints, tx) => {
      for (const { id, record, checkpoint, moments } of removed) {
        if (record !== undefined) await runs.put(record, id);
        if (checkpoint !== undefined) await checkpoints.put(checkpoint, id);
        for (const { key, moment } of moments) await tx.objectStore('moments').put(moment, key);
      }
    });
  }

  /**
   * Deletes the runs that were not kept for longest until the rest is within bounds. Those that are pinned or `held`
   * stay, and so does the one kept last.
   */
  async makeRoom(held: ReadonlySet<string>): Promise<void> {
    const { runs } = await this.list();
    const byAge = runs.sort((a, b) => b.kept - a.kept);
    let left = byAge.length;
    let bytes = byAge.reduce((sum, run) => sum + bytesOf(run), 0);
    const going: string[] = [];
    for (const run of byAge.slice(1).reverse()) {
      if (left <= mostRuns && bytes <= mostBytes) break;
      if (run.pinned || held.has(run.id)) continue;
      going.push(run.id);
      left--;
      bytes -= bytesOf(run);
    }
    if (going.length > 0) await this.remove(going);
  }

  async close(): Promise<void> {
    this.#channel.close();
    const database = this.#database;
    this.#database = null;
    (await database)?.close();
  }

  async #write<T>(
    work: (
      runs: ReturnType<typeof runsOf>,
      checkpoints: ReturnType<typeof checkpointsOf>,
      tx: Writing,
    ) => Promise<T>,
  ): Promise<T> {
    const tx = (await this.#open()).transaction(storeNames, 'readwrite');
    const finished = tx.done;
    // Of a transaction that fails, what it ended with says why; what each request ended with does not.
    finished.catch(() => {});
    let result: T;
    try {
      result = await work(runsOf(tx), checkpointsOf(tx), tx);
    } catch (error) {
      if (error instanceof TakenError) {
        tx.abort();
        throw error;
      }
      await finished;
      throw error;
    }
    // Said aloud, a page that goes away in this moment has its run kept all the same.
    tx.commit();
    await finished;
    this.#channel.postMessage(null);
    return result;
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    if (!globalThis.indexedDB) throw new Error('it has no database for pages');
    const forget = () => {
      this.#database = null;
    };
    this.#database ??= openDB<Schema>(this.#name, databaseVersion, {
      upgrade(database, before) {
        database.createObjectStore('moments');
        if (before > 0) return;
        const runs = database.createObjectStore('runs');
        runs.createIndex('made', 'made');
        runs.createIndex('kept', 'kept');
        database.createObjectStore('checkpoints');
      },
      // A page of a later version waits for this one to let go.
      blocking(_current, _blocked, event) {
        forget();
        (event.target as IDBDatabase).close();
      },
      // The person has deleted what the browser keeps of this page: there is a new one at the next use.
      terminated: forget,
    }).catch(error => {
      forget();
      throw error;
    });
    return this.#database;
  }
}

const runsOf = (tx: Writing) => tx.objectStore('runs');
const checkpointsOf = (tx: Writing) => tx.objectStore('checkpoints');

/** The name, or with a number behind it where another run has it: runs are often begun within a minute. */
async function unused(name: string, runs: ReturnType<typeof runsOf>): Promise<string> {
  const taken = new Set((await runs.getAll()).map(run => (run as { name?: unknown } | null)?.name));
  for (let next = name, n = 2; ; next = `${name} (${n++})`) if (!taken.has(next)) return next;
}

/** All of a run's milestones. */
const momentsOf = (id: string) => IDBKeyRange.bound([id], [id, Number.POSITIVE_INFINITY]);

/** Bytes of what is most of a milestone's moment; 0 where nothing is kept. */
const sizeOf = (moment: unknown): number => (moment as MomentToKeep | undefined)?.checkpoint?.byteLength ?? 0;

/** All that a run takes. */
export const bytesOf = ({ bytes, momentBytes }: RunRecord): number => bytes + momentBytes;

/** The largest number that an index holds; 0 for none. */
async function latest(tx: Writing, index: 'made' | 'kept'): Promise<number> {
  // A damaged record may have a key that is no number.
  const numbers = IDBKeyRange.bound(0, Number.MAX_SAFE_INTEGER);
  const cursor = await runsOf(tx).index(index).openKeyCursor(numbers, 'prev');
  return cursor ? cursor.key : 0;
}
