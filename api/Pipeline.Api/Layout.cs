namespace Pipeline.Api;

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
