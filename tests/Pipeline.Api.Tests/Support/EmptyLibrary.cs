using Pipeline.Data;
using Pipeline.Data.Sqlite;

namespace Pipeline.Api.Tests.Support;

/// <summary>An embedded library with the schema and nothing in it, without the program around it.</summary>
public sealed class EmptyLibrary : IDisposable
{
    private EmptyLibrary()
    {
        File = new TestDatabase("sqlite");
        Dialect = new SqliteDialect(File.ConnectionString);
        Database = new Database(Dialect, new Clock(TimeProvider.System), new Vault([], new byte[32], new byte[32]));
    }

    public TestDatabase File { get; }
    public SqliteDialect Dialect { get; }
    public Database Database { get; }

    public static async Task<EmptyLibrary> Make()
    {
        var library = new EmptyLibrary();
        await Migrator.Migrate(library.Database, Layout.Find().Migrations);
        return library;
    }

    public void Dispose()
    {
        Database.Dispose();
        Dialect.Dispose();
        File.Dispose();
    }
}
