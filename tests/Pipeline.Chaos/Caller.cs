using System.Text.Json.Nodes;

namespace Pipeline.Chaos;

/// <summary>One caller among many: officers and coordinators in turn, on either process, hanging up at times and asking again under the same key.</summary>
public sealed class Caller(City city, Chronicle chronicle, Reports reports, int seed)
{
    private const int MostAttempts = 60;

    private readonly Random random = new(seed);

    /// <summary>Does one thing, chosen by chance.</summary>
    public async Task Act()
    {
        var unit = City.Units[random.Next(City.Units.Count)];
        var centre = random.Next(2) == 0 ? "centre" : "centre2";
        var key = $"{seed:x8}{random.NextInt64():x16}";
        var today = Domain.Shanghai.DateOf(DateTimeOffset.UtcNow);
        switch (random.Next(100))
        {
            case < 28:
                await Report(unit, key, today);
                break;
            case < 32:
                await On(unit, "claims?status=active", claim => Claim(unit, "release", claim, key));
                break;
            case < 38:
                await On(unit, "claims?status=active", claim => Propose(unit, (string)claim["projectId"]!, key));
                break;
            case < 44:
                await On(unit, "transfers?direction=in&status=proposed", transfer =>
                    Step(unit, random.Next(4) == 0 ? "decline" : "accept", transfer, key)
                );
                break;
            case < 46:
                await On(unit, "transfers?direction=out&status=proposed", transfer =>
                    Step(unit, "cancel", transfer, key)
                );
                break;
            case < 50:
                await On(unit, random.Next(2) == 0 ? "claims?status=queued" : "claims?status=under-review", claim =>
                    Claim(unit, "withdraw", claim, key)
                );
                break;
            case < 58:
                await On(unit, "claims?status=active", claim => Sign(unit, (string)claim["projectId"]!, key, today));
                break;
            case < 62:
                await On(unit, "moves?status=pending", move =>
                    Does(unit, "withdraw-move", $"moves/{move["id"]}/withdraw", null, null, key)
                );
                break;
            case < 68:
                await On(unit, "claims?status=active", claim => Does(
                        unit,
                        "progress",
                        $"projects/{claim["projectId"]}/progress",
                        new
                        {
                            occurredOn = today,
                            kind = "visit",
                            note = key,
                        },
                        null,
                        key
                    ));
                break;
            case < 72:
                await On(unit, "claims?status=active", claim => Edit(unit, (string)claim["projectId"]!, key));
                break;
            case < 74:
                await On(centre, "claims?status=active", claim => Claim(centre, "revoke", claim, key));
                break;
            case < 80:
                await On(centre, "transfers?status=accepted", transfer =>
                    Step(centre, random.Next(4) == 0 ? "reject" : "approve", transfer, key)
                );
                break;
            case < 88:
                await On(
                    centre,
                    "claims?status=under-review&sort=sequence",
                    claim => Resolve(centre, claim, random.Next(2) == 0 ? "same" : "distinct", key),
                    first: random.Next(2) == 0
                );
                break;
            case < 90:
                await On(centre, "claims?status=queued", claim => Resolve(centre, claim, "distinct", key));
                break;
            case < 96:
                await On(centre, "moves?status=pending", move =>
                    Does(centre, "verify", $"moves/{move["id"]}/verify", null, null, key)
                );
                break;
            default:
                await On(centre, "moves?status=pending", move =>
                    Does(centre, "return", $"moves/{move["id"]}/return", new { reason = key }, null, key)
                );
                break;
        }
    }

    private async Task Report(string unit, string key, DateOnly today)
    {
        var (project, slot) = reports.Draw(random, key);
        var answer = await Does(
            unit,
            "report",
            "claims",
            new
            {
                project,
                contacts = new[]
                {
                    new
                    {
                        kind = "visit",
                        occurredOn = today,
                        note = key,
                    },
                },
            },
            null,
            key
        );
        if (answer?.Slug is "project-already-signed" || random.Next(12) == 0)
            reports.Renew(slot);
    }

    private async Task Claim(string user, string action, JsonNode claim, string key)
    {
        if (await Get(user, $"claims/{claim["id"]}") is { Done: true } read)
            await Does(user, action, $"claims/{claim["id"]}/{action}", new { reason = key }, read.ETag, key);
    }

    private async Task Propose(string unit, string projectId, string key)
    {
        if (await Get(unit, "jurisdictions") is not { Done: true } units)
            return;
        var receivers = units.Items.Where(other => (bool?)other["reports"] == true).ToList();
        await Does(
            unit,
            "propose",
            "transfers",
            new
            {
                projectId,
                toJurisdictionId = (string)receivers[random.Next(receivers.Count)]["id"]!,
                reason = key,
            },
            null,
            key
        );
    }

    private async Task Step(string user, string step, JsonNode transfer, string key)
    {
        if (await Get(user, $"transfers/{transfer["id"]}") is { Done: true } read)
            await Does(user, step, $"transfers/{transfer["id"]}/{step}", new { reason = key }, read.ETag, key);
    }

    private async Task Resolve(string centre, JsonNode claim, string decision, string key)
    {
        string? projectId = null;
        if (decision == "same")
        {
            // Which project it is the same as has to be said, unless there is one alone.
            if (await Get(centre, $"claims/{claim["id"]}/candidates") is not { Done: true } candidates)
                return;
            var projects = candidates
                .Items.Select(candidate =>
                    (string?)candidate["subject"] == "project"
                        ? (string?)candidate["id"]
                        : (string?)candidate["projectId"]
                )
                .OfType<string>()
                .ToList();
            if (projects.Count == 0)
                return;
            projectId = projects[random.Next(projects.Count)];
        }

        if (await Get(centre, $"claims/{claim["id"]}") is { Done: true } read)
            await Does(
                centre,
                $"resolve-{decision}",
                $"claims/{claim["id"]}/resolve",
                new
                {
                    decision,
                    projectId,
                    reason = key,
                },
                read.ETag,
                key
            );
    }

    private async Task Sign(string unit, string projectId, string key, DateOnly today)
    {
        if (await Get(unit, $"projects/{projectId}") is not { Done: true } read)
            return;
        var evidence = new
        {
            agreementKind = "formal",
            parties = "甲方、乙方",
            agreedAmount = new { amount = 1_000_000_000m, currency = "CNY" },
        };
        await Does(
            unit,
            "sign",
            $"projects/{projectId}/moves",
            new
            {
                to = "signed",
                occurredOn = today,
                note = key,
                evidence,
            },
            read.ETag,
            key
        );
    }

    /// <summary>A patch has no key: one that got no answer is not repeated.</summary>
    private async Task Edit(string unit, string projectId, string key)
    {
        if (await Get(unit, $"projects/{projectId}") is not { Done: true } read)
            return;
        var sent = DateTimeOffset.UtcNow;
        var answer = await city.Send(
            city.Up(random.Next(2)),
            unit,
            HttpMethod.Patch,
            $"projects/{projectId}",
            new { chain = key },
            read.ETag
        );
        if (answer is not null)
            Note("edit", key, sent, answer, 1);
    }

    /// <summary>Lists what there is, picks one and does something with it.</summary>
    private async Task On(string user, string list, Func<JsonNode, Task> act, bool first = false)
    {
        if (await Get(user, list) is { Done: true } answer && answer.Items.ToList() is { Count: > 0 } items)
            await act(items[first ? 0 : random.Next(items.Count)]);
    }

    private async Task<Answer?> Get(string user, string path)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await city.Send(city.Up(random.Next(2)), user, HttpMethod.Get, path) is not { } answer)
                continue;
            if (answer.Status is not (200 or 404 or 503))
                chronicle.Complain($"GET {path} as {user} answered {answer.Status}: {answer.Text}");
            if (answer.Status != 503)
                return answer;
            chronicle.Count("503 while reading");
        }

        chronicle.Complain($"GET {path} as {user} got no answer");
        return null;
    }

    /// <summary>Posts until there is an answer: at first perhaps hanging up, then on the other process under the same key. At times asks once more, for the same answer.</summary>
    private async Task<Answer?> Does(string user, string what, string path, object? body, string? ifMatch, string key)
    {
        var sent = DateTimeOffset.UtcNow;
        var at = city.Up(random.Next(2));
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var patience =
                attempt == 1 && random.Next(7) == 0 ? TimeSpan.FromMilliseconds(1 + random.Next(60)) : (TimeSpan?)null;
            var answer = await city.Send(at, user, HttpMethod.Post, path, body, ifMatch, key, patience);
            if (answer is null or { Status: 503 } or { Slug: "request-in-progress" })
            {
                chronicle.Count(
                    answer is not null ? $"{answer.Status} {answer.Slug}"
                    : patience is null ? "connection lost"
                    : "hung up"
                );
                at = city.Up(1 - at);
                continue;
            }

            Note(what, key, sent, answer, attempt);
            if (answer.Done && random.Next(5) == 0)
                await Again(user, what, path, body, ifMatch, key, city.Up(1 - at), answer);
            return answer;
        }

        chronicle.Complain($"{what} at {path} as {user} got no answer in {MostAttempts} attempts");
        return null;
    }

    /// <summary>The same key on the other process gets the same answer, or 404 when the caller may no longer see what it tells of.</summary>
    private async Task Again(
        string user,
        string what,
        string path,
        object? body,
        string? ifMatch,
        string key,
        int at,
        Answer first
    )
    {
        if (await city.Send(at, user, HttpMethod.Post, path, body, ifMatch, key) is not { Status: not 503 } again)
            return;
        chronicle.Count("asked again");
        if (again.Status == 404)
            return;
        if (again.Status != first.Status || again.Text != first.Text || !again.Replayed)
            chronicle.Complain(
                $"{what} at {path} as {user} under one key answered {first.Status} {first.Text}, then {again.Status} {again.Text}"
            );
    }

    private void Note(string what, string key, DateTimeOffset sent, Answer answer, int attempts)
    {
        chronicle.Count(answer.Done ? what : $"{what}: {answer.Slug}");
        if (answer.Replayed)
            chronicle.Count("replayed after no answer");
        if (answer.Done)
            chronicle.Did(new Deed(what, key, answer.RequestId, sent, DateTimeOffset.UtcNow, answer.Body));
        else if (answer.Status is not (404 or 409 or 412 or 422))
            chronicle.Complain($"{what} answered {answer.Status}: {answer.Text}");
        else if (attempts == 1)
            chronicle.WasRefused(what, key);
    }
}
