using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Claims;

/// <summary>Receipts (R22): what was reported and when, sealed with the seal of the receipt before, so that none can be changed, dropped or moved unseen.</summary>
public static class Receipts
{
    /// <summary>The canonical text of a receipt: sorted members, no personal data but salted hashes of it.</summary>
    public static string Canonical(
        string claimId,
        long sequence,
        DateTimeOffset receivedAt,
        string jurisdictionId,
        ProjectBody report,
        ClaimPeople people,
        string salt,
        string previousHash
    )
    {
        var sealed_ = new JsonObject
        {
            ["claimId"] = claimId,
            ["sequence"] = sequence,
            ["receivedAt"] = Json.Node(receivedAt),
            ["jurisdictionId"] = jurisdictionId,
            ["previousHash"] = previousHash,
            ["report"] = Exact(Json.Node(report with { Contacts = null, Referrer = null })),
            ["contacts"] = new JsonArray([
                .. people.Contacts.Select(contact => new JsonObject
                {
                    ["kind"] = Json.Node(contact.Kind),
                    ["occurredOn"] = Json.Node(contact.OccurredOn),
                    ["files"] = Json.Node(contact.Files ?? []),
                    ["noteHash"] = Hash(salt, contact.Note ?? ""),
                }),
            ]),
            ["personsHash"] = Hash(salt, Pipeline.Data.Canonical.Text(Json.Node(people.People))),
            ["referrerHash"] = Hash(salt, people.Referrer ?? ""),
        };
        return Pipeline.Data.Canonical.Text(sealed_);
    }

    /// <summary>The canonical text of the receipt of a completion (R14b): that of a report, with the number of the completion and its instant, linked to the receipt of the same report before it.</summary>
    public static string OfCompletion(
        ClaimRow claim,
        int number,
        DateTimeOffset completedAt,
        ProjectBody report,
        ClaimPeople people,
        string salt,
        string previousHash
    )
    {
        var sealed_ = JsonNode
            .Parse(
                Canonical(
                    claim.Id,
                    claim.Sequence,
                    claim.ReceivedAt,
                    claim.JurisdictionId,
                    report,
                    people,
                    salt,
                    previousHash
                )
            )!
            .AsObject();
        sealed_["completion"] = number;
        sealed_["completedAt"] = Json.Node(completedAt);
        return Pipeline.Data.Canonical.Text(sealed_);
    }

    private static string Hash(string salt, string text) => Pipeline.Data.Canonical.Hash($"{salt}\n{text}");

    /// <summary>Numbers become their exact decimal text: a seal must not depend on how a reader prints them.</summary>
    private static JsonNode? Exact(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, Exact(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Exact)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => Plain(value),
            _ => node?.DeepClone(),
        };

    private static string Plain(JsonValue value) =>
        decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            .ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>The salt, for who may see what it seals; null once a person was erased from the report: with it, whoever guesses right could tell who that was.</summary>
    public static string? SaltOf(ClaimRow claim) => SaltOf(claim.Canonical, claim.Salt, claim.People);

    /// <summary>The same of any receipt of a report whose people are these by now.</summary>
    public static string? SaltOf(string canonical, string salt, ClaimPeople people)
    {
        var sealed_ = JsonNode.Parse(canonical)!;
        return
            (string?)sealed_["personsHash"] == Hash(salt, Pipeline.Data.Canonical.Text(Json.Node(people.People)))
            && (string?)sealed_["referrerHash"] == Hash(salt, people.Referrer ?? "")
            ? salt
            : null;
    }

    /// <summary>Where a chain first fails to hold.</summary>
    public sealed record Break(long Sequence, string Reason);

    /// <summary>Whether the chain holds over a stretch of sequence numbers.</summary>
    public sealed record Verification(bool Valid, long Checked, Break? FirstBroken);

    internal static async Task<Verification> Verify(Session session, long from, long to)
    {
        var expected =
            from == 1
                ? Pipeline.Data.Canonical.Genesis
                : await session.One<string>(SealOf, new { sequence = from - 1 });
        var next = from;
        var completions = (await session.Query<Completion>(CompletionsOf, new { from, to })).ToLookup(one =>
            one.ClaimId
        );
        await foreach (var row in session.Stream<Row>(Stretch, new { from, to }))
        {
            var reason =
                row.Sequence != next ? "sequence-gap"
                : expected is not null && row.PreviousHash != expected ? "previous-hash"
                : Pipeline.Data.Canonical.Hash(row.Canonical) != row.ReceiptHash ? "hash"
                : IsBroken(session, row, [.. completions[row.Id]]) ? "content"
                : null;
            if (reason is not null)
                return new Verification(false, next - from, new Break(Math.Min(row.Sequence, next), reason));
            expected = row.ReceiptHash;
            next++;
        }

        // The counter of receipts stands apart from them: cutting the newest off is found too.
        var last = await session.One<long?>(Newest) ?? 0;
        return next <= last && next <= to
            ? new Verification(false, next - from, new Break(next, "missing"))
            : new Verification(true, next - from, null);
    }

    /// <summary>Whether the row, or a completion of the report, says otherwise than its sealed text.</summary>
    private static bool IsBroken(Session session, Row row, IReadOnlyList<Completion> completions)
    {
        var before = row.ReceiptHash;
        foreach (var completion in completions)
        {
            var sealed_ = JsonNode.Parse(completion.Canonical)!;
            if (
                completion.PreviousHash != before
                || Pipeline.Data.Canonical.Hash(completion.Canonical) != completion.ReceiptHash
                || (string?)sealed_["previousHash"] != before
                || (string?)sealed_["claimId"] != row.Id
                || (int?)sealed_["completion"] != completion.Number
                || sealed_["completedAt"]!.ToJsonString() != Json.Node(completion.CompletedAt)!.ToJsonString()
            )
                return true;
            before = completion.ReceiptHash;
        }

        // Each receipt seals the report as it stood until the next completion; the last one as it stands.
        List<ProjectBody> stood =
        [
            .. completions.Select(completion => Json.Read<ProjectBody>(completion.ReportBefore)),
            Reported(session, row),
        ];
        return !Tells(row, stood[0])
            || !IsReceived(row, stood[0])
            || completions
                .Where((completion, at) => !Seals(JsonNode.Parse(completion.Canonical)!, stood[at + 1]))
                .Any();
    }

    /// <summary>Whether the report that the row was received with is the one that its receipt seals, but for what stands with the people.</summary>
    private static bool IsReceived(Row row, ProjectBody sealed_) =>
        Pipeline.Data.Canonical.Text(Json.Node(Json.Read<ProjectBody>(row.Report)))
        == Pipeline.Data.Canonical.Text(Json.Node(sealed_ with { Channel = null, FirstContactOn = null }));

    private static bool Seals(JsonNode sealed_, ProjectBody report) =>
        Pipeline.Data.Canonical.Text(sealed_["report"]) == Pipeline.Data.Canonical.Text(Exact(Json.Node(report)));

    /// <summary>Whether the row says what its sealed text says.</summary>
    private static bool Tells(Row row, ProjectBody report)
    {
        var sealed_ = JsonNode.Parse(row.Canonical)!;
        return (string?)sealed_["claimId"] == row.Id
            && (long?)sealed_["sequence"] == row.Sequence
            && (string?)sealed_["previousHash"] == row.PreviousHash
            && (string?)sealed_["jurisdictionId"] == row.JurisdictionId
            && sealed_["receivedAt"]!.ToJsonString() == Json.Node(row.ReceivedAt)!.ToJsonString()
            && Seals(sealed_, report);
    }

    private static ProjectBody Reported(Session session, Row row)
    {
        var people = Json.Read<ClaimPeople>(session.Vault.Open(row.Contacts));
        return Json.Read<ProjectBody>(row.CompletedReport ?? row.Report) with
        {
            Channel = people.Channel,
            FirstContactOn = people.FirstContactOn,
        };
    }

    private sealed class Row
    {
        public long Sequence { get; init; }
        public required string Id { get; init; }
        public required string JurisdictionId { get; init; }
        public DateTimeOffset ReceivedAt { get; init; }
        public required string Report { get; init; }
        public string? CompletedReport { get; init; }
        public required string Contacts { get; init; }
        public required string Canonical { get; init; }
        public required string ReceiptHash { get; init; }
        public required string PreviousHash { get; init; }
    }

    /// <summary>A completion, with its receipt and the report as it stood before.</summary>
    public sealed class Completion
    {
        public required string ClaimId { get; init; }
        public int Number { get; init; }
        public DateTimeOffset CompletedAt { get; init; }
        public required string ReportBefore { get; init; }
        public required string Salt { get; init; }
        public required string Canonical { get; init; }
        public required string ReceiptHash { get; init; }
        public required string PreviousHash { get; init; }
    }

    private const string CompletionColumns =
        "r.claim_id, r.number, r.completed_at, r.report_before, r.salt, r.canonical, r.receipt_hash, r.previous_hash";
    public const string Completions =
        $"SELECT {CompletionColumns} FROM claim_returns r WHERE r.claim_id = @claimId AND r.completed_at IS NOT NULL ORDER BY r.number";
    private const string CompletionsOf = $"""
        SELECT {CompletionColumns} FROM claims c JOIN claim_returns r ON r.claim_id = c.id AND r.completed_at IS NOT NULL
        WHERE c.returns > 0 AND c.sequence >= @from AND c.sequence <= @to ORDER BY c.sequence, r.number
        """;
    internal const string SealOf = "SELECT receipt_hash FROM claims WHERE sequence = @sequence";
    private const string Stretch =
        "SELECT sequence, id, jurisdiction_id, received_at, report, completed_report, contacts, canonical, receipt_hash, previous_hash FROM claims WHERE sequence >= @from AND sequence <= @to ORDER BY sequence";
    private const string Newest = "SELECT value FROM counters WHERE name = 'claims'";
}
