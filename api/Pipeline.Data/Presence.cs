namespace Pipeline.Data;

/// <summary>This process among those that serve the database: it says that it is there, and hears how many are.</summary>
public sealed class Presence(Database database, string version, string knows)
{
    private readonly string id = Guid.NewGuid().ToString("N");
    private readonly DateTimeOffset startedAt = database.Clock.HostNow;
    private volatile int count = 1;

    /// <summary>How many processes serve the database, this one included, when that was last heard.</summary>
    public int Count => count;

    public string Version => version;

    /// <summary>The number of the newest migration that this program knows.</summary>
    public string Knows => knows;

    public string Id => id;

    /// <summary>Says that it is there.</summary>
    /// <returns>Whether it may go on: whether the schema still bears a program of its age.</returns>
    public async Task<bool> Tell() =>
        await database.WriteAnyway(async session =>
        {
            count = await Instances.Tell(
                session,
                new InstanceRow
                {
                    Id = id,
                    Host = $"{Environment.MachineName}:{Environment.ProcessId}",
                    Program = version,
                    Knows = knows,
                    StartedAt = startedAt,
                }
            );
            return !Migrator.IsTooOld(knows, await session.One<string>(Migrator.OldestProgram));
        });

    /// <summary>Says that it has ended.</summary>
    public Task Leave() => database.WriteAnyway(session => Instances.Leave(session, id));
}
