using System.Globalization;

namespace Pipeline.Api.Settings;

/// <summary>What the value of a setting must be.</summary>
public enum SettingKind
{
    /// <summary>A text; whoever reads it says what it may be.</summary>
    Text,

    /// <summary>A text that nobody else may know; it may also be the content of a file.</summary>
    Secret,
    Flag,
    WholeNumber,
}

/// <summary>A key of the configuration.</summary>
/// <param name="Least">The smallest number that it may be.</param>
public sealed record Setting(string Key, SettingKind Kind = SettingKind.Text, int Least = 0);

/// <summary>Every key of this program's own; what stands under the same sections and is none of them is a mistake, and so is what is written almost like one.</summary>
public static class KnownSettings
{
    /// <summary>The ending of a key whose value is the file that holds the secret.</summary>
    public const string FileEnding = ":File";

    public static readonly IReadOnlyList<Setting> All =
    [
        new("Database:Provider"),
        new("ConnectionStrings:Pipeline", SettingKind.Secret),
        new("ConnectionStrings:Target", SettingKind.Secret),
        new("Public:Url"),
        new("Keeper:Organisation"),
        new("Keeper:Phone"),
        new("Keeper:Email"),
        new("Keeper:Hours"),
        new("Bootstrap:AdminPassword", SettingKind.Secret),
        new("Demo:Enabled", SettingKind.Flag),
        new("Demo:Password", SettingKind.Secret),
        new("Demo:Register"),
        new("Demo:Clock", SettingKind.Flag),
        new("Documents:Fonts"),
        new("Quota:UnattachedFiles", SettingKind.WholeNumber),
        new("Quota:UnattachedMebibytes", SettingKind.WholeNumber),
        new("Quota:OpenImports", SettingKind.WholeNumber),
        new("Auth:SigningKey", SettingKind.Secret),
        new("Auth:SecondFactor:RequiredFor"),
        new("Auth:Oidc:Authority"),
        new("Auth:Oidc:ClientId"),
        new("Auth:Oidc:ClientSecret", SettingKind.Secret),
        new("Auth:Oidc:RedirectUri"),
        new("Auth:Oidc:DisplayName"),
        new("Auth:Oidc:Scope"),
        new("Auth:Oidc:UsernameClaim"),
        new("Auth:Oidc:Link", SettingKind.Flag),
        new("Auth:Oidc:Provision", SettingKind.Flag),
        new("Auth:Oidc:RoleClaim"),
        new("Auth:Oidc:RoleMap"),
        new("Auth:Oidc:DefaultRole"),
        new("Auth:Oidc:JurisdictionClaim"),
        new("Privacy:Keys", SettingKind.Secret),
        new("Webhooks:AllowPrivate", SettingKind.Flag),
        new("RateLimit:Enabled", SettingKind.Flag),
        new("RateLimit:PerSecond", SettingKind.WholeNumber, 1),
        new("RateLimit:SignInsPerMinute", SettingKind.WholeNumber, 1),
        new("RateLimit:ChecksPerMinute", SettingKind.WholeNumber, 1),
        new("RateLimit:CalendarPerMinute", SettingKind.WholeNumber, 1),
        new("RateLimit:StrangersPerMinute", SettingKind.WholeNumber, 1),
        new("Proxy:Known"),
        new("Proxy:Hops", SettingKind.WholeNumber, 1),
        new("Cors:Origins"),
        new("Metrics:Token", SettingKind.Secret),
        new("Mail:Host"),
        new("Mail:Port"),
        new("Mail:From"),
        new("Mail:StartTls"),
        new("Mail:ImplicitTls"),
        new("Mail:Authority"),
        new("Mail:User"),
        new("Mail:Password", SettingKind.Secret),
        new("Mail:PublicUrl"),
        new("Audit:AnchorFile"),
        new("Audit:AnchorUrl", SettingKind.Secret),
        new("Audit:AnchorInterval"),
    ];

    /// <summary>The secrets that may come from files.</summary>
    public static IEnumerable<string> Secrets =>
        All.Where(setting => setting.Kind is SettingKind.Secret).Select(setting => setting.Key);

    private static readonly HashSet<string> Known = new(
        All.Select(setting => setting.Key).Concat(Secrets.Select(key => key + FileEnding)),
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly HashSet<string> Sections = new(
        All.Select(setting => setting.Key[..setting.Key.IndexOf(':', StringComparison.Ordinal)])
            .Where(section => section is not "ConnectionStrings"),
        StringComparer.OrdinalIgnoreCase
    );

    private const int FewEdits = 2;

    /// <summary>What is wrong with the configuration by itself, a sentence each.</summary>
    public static IEnumerable<string> Mistakes(IConfiguration configuration)
    {
        foreach (var setting in All)
        {
            if (configuration[setting.Key] is { } value && Wrong(setting, value) is { } wrong)
                yield return wrong;
        }

        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is null || Known.Contains(key) || !key.Contains(':', StringComparison.Ordinal))
                continue;

            // A section that is there, with nothing in it or with keys that are told by themselves.
            if (
                value.Length == 0
                && Known.Any(known => known.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase))
            )
                continue;
            var meant = All.Select(setting => setting.Key)
                .Concat(Secrets.Select(secret => secret + FileEnding))
                .Select(known => (Known: known, Edits: Edits(known, key)))
                .MinBy(one => one.Edits);
            if (Sections.Contains(key[..key.IndexOf(':', StringComparison.Ordinal)]) || meant.Edits <= FewEdits)
                yield return $"{key} is no setting of this program"
                    + (
                        meant.Edits <= 2 * FewEdits
                            ? $"; perhaps {meant.Known} was meant."
                            : "; see docs/configuration.md."
                    );
        }
    }

    private static string? Wrong(Setting setting, string value) =>
        setting.Kind switch
        {
            SettingKind.Flag when !bool.TryParse(value, out _) =>
                $"{setting.Key} is '{value}'; it can be true or false.",
            SettingKind.WholeNumber
                when !int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                    || number < setting.Least =>
                $"{setting.Key} is '{value}'; it must be a whole number from {setting.Least} on.",
            _ => null,
        };

    /// <summary>How many letters have to be added, left out, changed or exchanged with their neighbours to make one text the other.</summary>
    private static int Edits(string one, string other)
    {
        var (a, b) = (one.ToUpperInvariant(), other.ToUpperInvariant());
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }
}
