namespace Marathon.Durable.Embedded.Storage;

/// <summary>
/// The tables. Instances hold what clients see; History is append-only within an execution; Inbox, Timers and Tasks
/// are what an instance has yet to receive, wait for and have done. Times are UTC ticks, texts JSON.
/// </summary>
internal static class Schema
{
    /// <summary>"MDUR", in the header of the file: tells ours from other SQLite databases.</summary>
    public const int ApplicationId = 0x4D445552;

    public const int Version = 1;

    public const string Tables = """
        CREATE TABLE Instances (
            Key INTEGER PRIMARY KEY AUTOINCREMENT,
            InstanceId TEXT NOT NULL UNIQUE,
            ExecutionId TEXT NOT NULL,
            Name TEXT NOT NULL,
            Status INTEGER NOT NULL,
            CreatedAt INTEGER NOT NULL,
            UpdatedAt INTEGER NOT NULL,
            ScheduledStart INTEGER,
            ParentKey INTEGER,
            Parent TEXT,
            Tags TEXT,
            Input TEXT,
            Output TEXT,
            CustomStatus TEXT,
            Failure TEXT,
            Carryover TEXT
        ) STRICT;
        CREATE INDEX InstancesByParent ON Instances (ParentKey) WHERE ParentKey IS NOT NULL;
        CREATE INDEX ActiveInstances ON Instances (Key) WHERE Status IN (0, 6, 7);

        CREATE TABLE History (
            InstanceKey INTEGER NOT NULL,
            Sequence INTEGER NOT NULL,
            Event TEXT NOT NULL,
            PRIMARY KEY (InstanceKey, Sequence)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE Inbox (
            Sequence INTEGER PRIMARY KEY,
            InstanceKey INTEGER NOT NULL,
            Event TEXT NOT NULL
        ) STRICT;
        CREATE INDEX InboxByInstance ON Inbox (InstanceKey);

        CREATE TABLE Timers (
            InstanceKey INTEGER NOT NULL,
            TimerId INTEGER NOT NULL,
            FireAt INTEGER NOT NULL,
            PRIMARY KEY (InstanceKey, TimerId)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE Tasks (
            Sequence INTEGER PRIMARY KEY,
            InstanceKey INTEGER NOT NULL,
            ExecutionId TEXT NOT NULL,
            TaskId INTEGER NOT NULL,
            Name TEXT NOT NULL,
            Input TEXT
        ) STRICT;
        CREATE INDEX TasksByInstance ON Tasks (InstanceKey);
        """;
}
