using Microsoft.Data.Sqlite;
using Pipeline.Api.Data;

namespace Pipeline.Api.Features.Service;

/// <summary>Where what the program ships lies: beside it when published, in the repository when run from source.</summary>
public sealed record Layout(string Root, string Web, string OpenApi)
{
    public string Migrations => Path.Combine(Root, "db");

    public string Seeds => Path.Combine(Root, "db", "seed");

    public static Layout Find()
    {
        var program = AppContext.BaseDirectory;
        if (Directory.Exists(Path.Combine(program, "db")))
            return new Layout(program, Path.Combine(program, "wwwroot"), Path.Combine(program, "openapi.yaml"));
        for (var folder = new DirectoryInfo(program); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
                return new Layout(
                    folder.FullName,
                    Path.Combine(folder.FullName, "web", "dist"),
                    Path.Combine(folder.FullName, "openapi.yaml")
                );
        }

        throw new InvalidOperationException("The folder db, with migrations and seeds, is not where the program is.");
    }
}

/// <summary>Which database, from the configuration.</summary>
public static class DatabaseSettings
{
    public const string DefaultConnection = "Data Source=data/pipeline.db";

    public static IDialect Dialect(IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("Pipeline");
        switch (configuration["Database:Provider"])
        {
            case "sqlserver":
                return new SqlServerDialect(
                    connection
                        ?? throw new InvalidOperationException(
                            "ConnectionStrings:Pipeline is required with SQL Server."
                        )
                );
            case "sqlite" or null or "":
                var file = Path.GetFullPath(
                    new SqliteConnectionStringBuilder(connection ?? DefaultConnection).DataSource
                );
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                return new SqliteDialect(
                    new SqliteConnectionStringBuilder(connection ?? DefaultConnection) { DataSource = file }.ToString()
                );
            case var other:
                throw new InvalidOperationException($"Database:Provider is '{other}'; it can be sqlite or sqlserver.");
        }
    }
}
