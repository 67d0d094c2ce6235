using System.Text.Json.Nodes;
using Dapper;
using Pipeline.Data;

namespace Pipeline.Chaos;

/// <summary>Somebody who follows the change feed all the time, on whichever process answers: sees everything once and in one order, whoever is killed.</summary>
public sealed class FeedReader(City city, string user, string asked = "")
{
    private readonly List<JsonNode> items = [];
    private string since = "start";
    private volatile bool ends;
    private volatile int count,
        countNoted;

    /// <summary>Reads until it is told to stop, and then to the end.</summary>
    public async Task Follow(Random random)
    {
        while (true)
        {
            var last = ends;
            if (
                await city.Send(
                    city.Up(random.Next(2)),
                    user,
                    HttpMethod.Get,
                    $"changes?limit=20&since={since}&{asked}"
                )
                is not { Done: true } page
            )
                continue;
            items.AddRange(page.Items);
            count = items.Count;
            since = (string)page.Body!["next"]!;
            if (last && (bool)page.Body["caughtUp"]!)
                return;
            if (page.Items.Any() || last)
                continue;

            // Held until something comes; what is lost with a process that is killed is asked again.
            await city.Send(
                city.Up(random.Next(2)),
                user,
                HttpMethod.Get,
                $"changes?limit=1&since={since}&{asked}",
                prefer: "wait=2"
            );
        }
    }

    public void Stop() => ends = true;

    /// <summary>Remembers how far it is.</summary>
    public void Note() => countNoted = count;

    /// <summary>What is wrong with what was told, in words: of all that was acknowledged each thing once, and where everything is told, the beginning of what the database holds, in its order: windows end and are told of after the reading, too.</summary>
    public async Task<IReadOnlyList<string>> Violations(IDialect dialect, Chronicle chronicle, string? unitId)
    {
        var wrong = new List<string>();
        wrong.AddRange(
            items
                .GroupBy(item => (string)item["id"]!)
                .Where(same => same.Count() > 1)
                .Select(same => $"{user} was told {same.First()["type"]} {same.Key} {same.Count()} times")
        );
        var told = items.ToLookup(item => $"{item["type"]} {item["subject"]!["id"]}");
        foreach (var deed in chronicle.Deeds)
        {
            var type = deed.What switch
            {
                "report" => "claim.received",
                "release" or "withdraw" or "revoke" => "claim.ended",
                "sign" => "move.submitted",
                "propose" => "transfer.proposed",
                _ => null,
            };
            if (type is null || (unitId is not null && (string?)deed.Body?["jurisdiction"]?["id"] != unitId))
                continue;
            if (told[$"{type} {deed.Body!["id"]}"].Count() is not 1 and var times)
                wrong.Add($"{user} was told {times} times of {type} {deed.Body["id"]}, which was acknowledged once");
        }

        if (unitId is not null)
            return wrong;
        await using var connection = dialect.Connect();
        await connection.OpenAsync();
        var stored = await connection.QueryAsync<string>(
            "SELECT type || ' ' || subject_id FROM changes ORDER BY seq".Replace(
                "||",
                dialect.Name == "sqlite" ? "||" : "+",
                StringComparison.Ordinal
            )
        );
        var heard = items.Select(item => $"{item["type"]} {item["subject"]!["id"]}");
        if (!stored.Take(items.Count).SequenceEqual(heard))
            wrong.Add(
                $"{user} was told {items.Count} changes, which are not the first of the {stored.Count()} of the feed in order"
            );
        return wrong;
    }

    /// <summary>All that was told.</summary>
    public IReadOnlyList<JsonNode> Items => items;

    /// <summary>What was told before <see cref="Note"/>.</summary>
    public IReadOnlyList<JsonNode> Noted => items[..countNoted];
}
