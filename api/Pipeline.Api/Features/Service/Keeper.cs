using System.Reflection;
using Pipeline.Api.Http;

namespace Pipeline.Api.Features.Service;

/// <summary>Who keeps this installation and whom people ask for help, as configured (<c>Keeper:…</c>), and the version that runs.</summary>
public sealed class Keeper(IConfiguration configuration)
{
    /// <param name="Organisation">The office that runs the system.</param>
    /// <param name="Hours">When somebody answers.</param>
    public sealed record Response(string Version, string? Organisation, string? Phone, string? Email, string? Hours);

    /// <summary>The version of this program.</summary>
    public static string Version { get; } =
        typeof(Keeper).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private readonly Response response = new(
        Version,
        configuration["Keeper:Organisation"],
        configuration["Keeper:Phone"],
        configuration["Keeper:Email"],
        configuration["Keeper:Hours"]
    );

    public IResult Tell(Call call) => call.UnknownParameters() is { } unknown ? (Reply)unknown : Reply.Plain(response);
}
