using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;

namespace Pipeline.Api.Features.Imports;

/// <summary>The demo city's registers, imported as the centre would import them; each once, at the first start.</summary>
public static partial class DemoRegister
{
    /// <summary>The register that a city was given, by default the real one of Jiaxing.</summary>
    public static Task Import(Database database, RunImport imports, string file) =>
        File.Exists(file)
            ? Import(database, imports, "demo-register", Path.GetFileName(file), _ => File.OpenRead(file))
            : throw new InvalidOperationException($"Demo:Register names {file}, which does not exist.");

    /// <summary>An invented register of the months before the first start, so that this year's lists and figures are alive: its <c>{3/12}</c> is day 12 of the third last month; days are up to 28.</summary>
    public static Task ImportSampleYear(Database database, RunImport imports, string file) =>
        Import(database, imports, "demo-sample-year", Path.GetFileName(file), today => new MemoryStream(
            Encoding.UTF8.GetBytes(
                MonthsAgo()
                    .Replace(File.ReadAllText(file), match =>
                        DayOf(match, today).ToString("O", CultureInfo.InvariantCulture)
                    )
            )
        ));

    private static DateOnly DayOf(Match match, DateOnly today)
    {
        int Number(int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        var month = today.AddMonths(-Number(1));
        return new DateOnly(month.Year, month.Month, Number(2));
    }

    [GeneratedRegex(@"\{(\d+)/(\d+)\}")]
    private static partial Regex MonthsAgo();

    private static async Task Import(
        Database database,
        RunImport imports,
        string setting,
        string name,
        Func<DateOnly, Stream> open
    )
    {
        var id = await database.WriteAnyway(async session =>
        {
            await session.Lock(LockName.Seed);
            if (
                await session.One<string>("SELECT value FROM settings WHERE name = @setting", new { setting })
                is not null
            )
                return null;
            var centre = (
                await Callers.Person(
                    session,
                    (await session.One<string>("SELECT id FROM users WHERE username = 'centre'"))!
                )
            )!;
            await using var register = open(session.Today);
            var request = new PostImport.Request(
                name,
                register,
                new Dictionary<string, string>(),
                ImportMode.Rowwise,
                DryRun: false
            );
            var queued = await PostImport.Queue(session, centre, request);
            await session.Execute(
                "INSERT INTO settings (name, value) VALUES (@setting, @queued)",
                new { setting, queued }
            );
            return queued;
        });
        if (id is null)
            return;
        try
        {
            await imports.Run(id);
        }
        catch (ClockUnreliableException)
        {
            // It waits like any other import: until the clock is trusted.
        }
    }
}
