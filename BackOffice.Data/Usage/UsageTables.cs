namespace BackOffice.Data.Usage;

/// <summary>
/// The tables of usage: the same names and columns on both engines, so that the same statements read them. Written by
/// <see cref="UsageWriter"/> only; triggers keep events as they are.
/// </summary>
/// <remarks>
/// Nothing here is an entity of EF: events come by the hundred thousand. Segments say which events of a subscription lie together and from
/// when to when they are; they do the work of an index on (subscription, time) at a hundredth of its size.
/// </remarks>
public static class UsageTables
{
    /// <summary>SQLite: a UUID is upper-case text, as EF writes it in the main file, so that a shell can join the two.</summary>
    public const string Sqlite = """
        CREATE TABLE usage_subscriptions (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
        CREATE TABLE usage_names (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE usage_sets (no INTEGER PRIMARY KEY, content TEXT NOT NULL UNIQUE);
        CREATE TABLE usage_imports (
            no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, first_event INTEGER NOT NULL, next_event INTEGER NOT NULL,
            outcome TEXT NOT NULL);
        CREATE INDEX ix_usage_imports_first_event ON usage_imports (first_event, no);
        CREATE TABLE usage_events (
            id INTEGER PRIMARY KEY, subscription INTEGER NOT NULL, name INTEGER NOT NULL, at_micros INTEGER NOT NULL,
            transaction_key BLOB NOT NULL, property_set INTEGER NOT NULL, packed BLOB NOT NULL, line INTEGER NOT NULL,
            late INTEGER NOT NULL);
        CREATE UNIQUE INDEX ux_usage_events_transaction ON usage_events (subscription, transaction_key);
        CREATE INDEX ix_usage_events_late ON usage_events (id) WHERE late = 1;
        CREATE TABLE usage_segments (
            subscription INTEGER NOT NULL, first_event INTEGER NOT NULL, next_event INTEGER NOT NULL, min_at INTEGER NOT NULL,
            max_at INTEGER NOT NULL, PRIMARY KEY (subscription, first_event)) WITHOUT ROWID;
        CREATE TABLE usage_rollups (
            subscription INTEGER NOT NULL, bucket INTEGER NOT NULL, late INTEGER NOT NULL, name INTEGER NOT NULL,
            property_set INTEGER NOT NULL, events INTEGER NOT NULL, min_at INTEGER NOT NULL, max_at INTEGER NOT NULL, totals BLOB NOT NULL,
            PRIMARY KEY (subscription, bucket, late, name, property_set)) WITHOUT ROWID;
        CREATE TRIGGER usage_events_frozen_update BEFORE UPDATE ON usage_events
        BEGIN SELECT RAISE(ABORT, 'A usage event never changes.'); END;
        CREATE TRIGGER usage_events_frozen_delete BEFORE DELETE ON usage_events
        BEGIN SELECT RAISE(ABORT, 'A usage event never changes.'); END;
        """;

    /// <summary>
    /// Both engines, later than the rest: the events of undone imports, which nothing reads, and who undid them. A table of its own, as it
    /// is asked for every event and nearly always empty.
    /// </summary>
    public const string Undone =
        "CREATE TABLE usage_undone (first_event bigint PRIMARY KEY, next_event bigint NOT NULL, undoing text NOT NULL);";

    /// <summary>
    /// SQLite, later than the rest: an import may have several ranges of events, as what comes by the API is stored between other imports.
    /// </summary>
    public const string SqliteRanges = """
        CREATE TABLE usage_ranges (
            no INTEGER PRIMARY KEY, id TEXT NOT NULL, first_event INTEGER NOT NULL, next_event INTEGER NOT NULL, outcome TEXT NOT NULL);
        INSERT INTO usage_ranges SELECT no, id, first_event, next_event, outcome FROM usage_imports;
        DROP TABLE usage_imports;
        ALTER TABLE usage_ranges RENAME TO usage_imports;
        CREATE INDEX ix_usage_imports_first_event ON usage_imports (first_event, no);
        CREATE UNIQUE INDEX ux_usage_imports_range ON usage_imports (id, first_event);
        """;

    /// <summary>PostgreSQL: the same; a migration makes it.</summary>
    public const string PostgreSqlRanges = """
        ALTER TABLE usage_imports DROP CONSTRAINT usage_imports_id_key;
        CREATE UNIQUE INDEX ux_usage_imports_range ON usage_imports (id, first_event);
        """;

    /// <summary>
    /// SQLite, later than the rest: events that count no more, one by one. The position is the number of the event that counts in its
    /// place; a void takes such a number and no event has it, so that every change of usage has its place in one order. The origin is the
    /// event that a file or a request brought.
    /// </summary>
    public const string SqliteCorrections = """
        CREATE TABLE usage_corrections (
            event INTEGER PRIMARY KEY, origin INTEGER NOT NULL, position INTEGER NOT NULL UNIQUE, voids INTEGER NOT NULL,
            billed INTEGER NOT NULL, correction TEXT NOT NULL);
        CREATE INDEX ix_usage_corrections_origin ON usage_corrections (origin);
        CREATE TRIGGER usage_corrections_frozen_update BEFORE UPDATE ON usage_corrections
        BEGIN SELECT RAISE(ABORT, 'A correction never changes.'); END;
        CREATE TRIGGER usage_corrections_frozen_delete BEFORE DELETE ON usage_corrections
        BEGIN SELECT RAISE(ABORT, 'A correction never changes.'); END;
        """;

    /// <summary>The same on PostgreSQL; a migration makes it.</summary>
    public const string PostgreSqlCorrections = """
        CREATE TABLE usage_corrections (
            event bigint PRIMARY KEY, origin bigint NOT NULL, position bigint NOT NULL UNIQUE, voids boolean NOT NULL,
            billed boolean NOT NULL, correction text NOT NULL);
        CREATE INDEX ix_usage_corrections_origin ON usage_corrections (origin);
        CREATE TRIGGER usage_corrections_frozen BEFORE UPDATE OR DELETE ON usage_corrections
        FOR EACH ROW EXECUTE FUNCTION refuse_change('A correction never changes.');
        """;

    /// <summary>Both engines: the number of the next change, be it an event or a void.</summary>
    internal const string NextNumber = """
        SELECT MAX(n.number) + 1 FROM (
            SELECT COALESCE(MAX(id), 0) AS number FROM usage_events
            UNION ALL SELECT COALESCE(MAX(position), 0) FROM usage_corrections) n
        """;

    /// <summary>PostgreSQL: in the one database; a migration makes them.</summary>
    public const string PostgreSql = """
        CREATE TABLE usage_subscriptions (no integer PRIMARY KEY, id uuid NOT NULL UNIQUE);
        CREATE TABLE usage_names (no integer PRIMARY KEY, name text NOT NULL UNIQUE);
        CREATE TABLE usage_sets (no integer PRIMARY KEY, content text NOT NULL);
        CREATE TABLE usage_imports (
            no integer PRIMARY KEY, id uuid NOT NULL UNIQUE, first_event bigint NOT NULL, next_event bigint NOT NULL,
            outcome text NOT NULL);
        CREATE INDEX ix_usage_imports_first_event ON usage_imports (first_event, no);
        CREATE TABLE usage_events (
            id bigint CONSTRAINT pk_usage_store PRIMARY KEY, at_micros bigint NOT NULL, line bigint NOT NULL, subscription integer NOT NULL,
            name integer NOT NULL, property_set integer NOT NULL, late boolean NOT NULL, transaction_key bytea NOT NULL,
            packed bytea NOT NULL);
        ALTER TABLE usage_events ADD CONSTRAINT ux_usage_events_transaction UNIQUE (subscription, transaction_key);
        CREATE INDEX ix_usage_events_late ON usage_events (id) WHERE late;
        CREATE TABLE usage_segments (
            subscription integer NOT NULL, first_event bigint NOT NULL, next_event bigint NOT NULL, min_at bigint NOT NULL,
            max_at bigint NOT NULL, PRIMARY KEY (subscription, first_event));
        CREATE TABLE usage_rollups (
            subscription integer NOT NULL, bucket integer NOT NULL, late boolean NOT NULL, name integer NOT NULL,
            property_set integer NOT NULL, events bigint NOT NULL, min_at bigint NOT NULL, max_at bigint NOT NULL, totals bytea NOT NULL,
            PRIMARY KEY (subscription, bucket, late, name, property_set));
        CREATE TRIGGER usage_store_frozen BEFORE UPDATE OR DELETE ON usage_events
        FOR EACH ROW EXECUTE FUNCTION refuse_change('A usage event never changes.');
        CREATE TRIGGER usage_store_not_truncated BEFORE TRUNCATE ON usage_events
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('A usage event never changes.');
        """;
}
