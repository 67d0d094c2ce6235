using System.Text.Json.Nodes;
using Dapper;
using Pipeline.Data;

namespace Pipeline.Chaos;

/// <summary>Holds the database against what the callers were told, and against the rules of first report (R11–R18a, R22, R24).</summary>
public sealed class Checker(IDialect dialect, Chronicle chronicle, TimeSpan window)
{
    /// <summary>How far the database server's clock may differ from this host's (R24 bears as much).</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, string> Ends = new()
    {
        ["release"] = "released",
        ["withdraw"] = "withdrawn",
        ["revoke"] = "revoked",
    };
    private static readonly Dictionary<string, string> Decisions = new()
    {
        ["verify"] = "verified",
        ["return"] = "returned",
        ["withdraw-move"] = "withdrawn",
    };

    private readonly List<string> wrong = [];

    /// <summary>What is wrong, in words; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> Violations()
    {
        await using var connection = dialect.Connect();
        await connection.OpenAsync();
        var claims = (await connection.QueryAsync<ClaimRow>(SelectClaims)).AsList();
        var moves = (await connection.QueryAsync<MoveRow>(SelectMoves)).AsList();
        var entries = (await connection.QueryAsync<EntryRow>(SelectEntries)).AsList();
        var transfers = (await connection.QueryAsync<TransferRow>(SelectTransfers)).AsList();
        var requests = (await connection.QueryAsync<string>(SelectRequests)).ToHashSet(StringComparer.Ordinal);

        Order(claims);
        Windows(claims, moves);
        foreach (var project in claims.Where(claim => claim.ProjectId is not null).GroupBy(claim => claim.ProjectId!))
            Overlaps(project.Key, project);
        var byId = claims.ToDictionary(claim => claim.Id);
        foreach (var project in entries.Where(entry => entry.ClaimId is not null).GroupBy(entry => entry.ProjectId))
            new Queue(project.Key, byId, Given(transfers), wrong).Replay(project);
        Reports([.. claims.Where(claim => !CameByTransfer(claim, transfers))], byId);
        Transfers(transfers, byId);
        foreach (var deed in chronicle.Deeds)
        {
            if (!requests.Contains(deed.RequestId))
                Say(
                    $"{deed.What} {deed.Key} was acknowledged, but the audit trail does not know request {deed.RequestId}"
                );
            if (
                Ends.TryGetValue(deed.What, out var end)
                && byId.GetValueOrDefault(Id(deed)) is var ended
                && (ended?.Status != end || ended.EndReason != deed.Key)
            )
                Say($"{deed.What} of claim {Id(deed)} was acknowledged, but it is {ended?.Status}");
        }

        Moves(moves, entries);
        return wrong;
    }

    /// <summary>Sequence numbers have no gap; who was received earlier comes earlier (R11).</summary>
    private void Order(List<ClaimRow> claims)
    {
        for (var at = 0; at < claims.Count; at++)
        {
            if (claims[at].Sequence != at + 1)
                Say($"claim {claims[at].Sequence} stands at place {at + 1}");
            if (at > 0 && claims[at].ReceivedAt < claims[at - 1].ReceivedAt)
                Say($"claim {claims[at].Sequence} was received before claim {claims[at - 1].Sequence}");
        }
    }

    /// <summary>A window lasts as long as its rule set says, and ends late only while a move to signed was pending (R15, R18a).</summary>
    private void Windows(List<ClaimRow> claims, List<MoveRow> moves)
    {
        foreach (var claim in claims.Where(claim => claim.ActivatedAt is not null))
        {
            if (claim.ActivatedAt < claim.ReceivedAt || claim.EndedAt < claim.ActivatedAt)
                Say(
                    $"claim {claim.Sequence} was received {claim.ReceivedAt:O}, active {claim.ActivatedAt:O}, over {claim.EndedAt:O}"
                );
            if (claim.ExpiresAt - claim.ActivatedAt != window)
                Say($"the window of claim {claim.Sequence} lasts {claim.ExpiresAt - claim.ActivatedAt}");
            var held = moves.Any(move =>
                move.ProjectId == claim.ProjectId
                && move.SubmittedAt <= claim.ExpiresAt
                && move.DecidedAt is var decided
                && (decided is null || decided >= claim.EndedAt)
            );
            if (
                claim.Status == "expired"
                    ? claim.EndedAt != claim.ExpiresAt && !(held && claim.EndedAt > claim.ExpiresAt)
                    : claim.EndedAt > claim.ExpiresAt && !held
            )
                Say(
                    $"claim {claim.Sequence} ended as {claim.Status} at {claim.EndedAt:O}, its window at {claim.ExpiresAt:O}"
                );
        }
    }

    /// <summary>At most one claim of a project is active at every instant (R16).</summary>
    private void Overlaps(string projectId, IEnumerable<ClaimRow> claims)
    {
        ClaimRow? last = null;
        foreach (
            var claim in claims
                .Where(claim => claim.ActivatedAt is not null)
                .OrderBy(claim => claim.ActivatedAt)
                .ThenBy(claim => claim.Sequence)
        )
        {
            if (last is not null && (last.EndedAt is not { } end || claim.ActivatedAt < end))
                Say($"claims {last.Sequence} and {claim.Sequence} were active at once on project {projectId}");
            last = claim;
        }
    }

    /// <summary>Every acknowledged report is there as it was acknowledged, once; one that was refused is not (R11, R22).</summary>
    private void Reports(List<ClaimRow> claims, Dictionary<string, ClaimRow> byId)
    {
        var byKey = claims.Where(claim => claim.Key is not null).ToLookup(claim => claim.Key!);
        foreach (var deed in chronicle.Deeds.Where(deed => deed.What == "report"))
        {
            var told = deed.Body!;
            if (byId.GetValueOrDefault(Id(deed)) is not { } claim)
                Say($"claim {told["sequence"]} was acknowledged and is not there");
            else if (
                claim.Sequence != (long)told["sequence"]!
                || claim.ReceiptHash != (string?)told["receipt"]!["hash"]
                || claim.PreviousHash != (string?)told["receipt"]!["previousHash"]
                || claim.ReceivedAt != told["receivedAt"]!.GetValue<DateTimeOffset>()
            )
                Say($"claim {claim.Sequence} is not as it was acknowledged: {told}");
            else if (claim.ReceivedAt < deed.Sent - Skew || claim.ReceivedAt > deed.Answered + Skew)
                Say(
                    $"claim {claim.Sequence} was received {claim.ReceivedAt:O}, but sent {deed.Sent:O} and answered {deed.Answered:O}"
                );
            else if (told["activatedAt"] is { } activated && claim.ActivatedAt != activated.GetValue<DateTimeOffset>())
                Say($"claim {claim.Sequence} is active from {claim.ActivatedAt:O}, acknowledged was {activated}");
            if (byKey[deed.Key].Count() != 1)
                Say($"the report {deed.Key} was stored {byKey[deed.Key].Count()} times");
        }

        foreach (
            var (_, key) in chronicle.Refused.Where(refused => refused.What == "report" && byKey[refused.Key].Any())
        )
            Say($"the report {key} was refused and is there");
    }

    /// <summary>Acknowledged moves, decisions and progress are there, each once.</summary>
    private void Moves(List<MoveRow> moves, List<EntryRow> entries)
    {
        var byId = moves.ToDictionary(move => move.Id);
        var byNote = moves.ToLookup(move => move.Note);
        var progress = entries.Where(entry => entry.Kind == "progress").ToLookup(entry => entry.Note);
        foreach (var deed in chronicle.Deeds)
        {
            if (deed.What == "sign" && (byNote[deed.Key].Count() != 1 || byNote[deed.Key].Single().Id != Id(deed)))
                Say($"move {Id(deed)} was acknowledged and is there {byNote[deed.Key].Count()} times");
            if (deed.What == "progress" && progress[deed.Key].Count() != 1)
                Say($"progress {deed.Key} was acknowledged and is there {progress[deed.Key].Count()} times");
            if (
                Decisions.TryGetValue(deed.What, out var decision)
                && byId.GetValueOrDefault(Id(deed)) is var move
                && move?.Status != decision
            )
                Say($"move {Id(deed)} was {decision}, but is {move?.Status}");
        }

        foreach (
            var (what, key) in chronicle.Refused.Where(refused =>
                refused.What == "sign"
                    ? byNote[refused.Key].Any()
                    : refused.What == "progress" && progress[refused.Key].Any()
            )
        )
            Say($"{what} {key} was refused and is there");
    }

    /// <summary>The claims that a transfer made active, ahead of the queue (R41).</summary>
    private static HashSet<string> Given(List<TransferRow> transfers) =>
        [.. transfers.Select(transfer => transfer.ClaimId).OfType<string>()];

    /// <summary>A receiver that did not wait in the queue gets a claim of its own at the approval, which nobody reported.</summary>
    private static bool CameByTransfer(ClaimRow claim, List<TransferRow> transfers) =>
        transfers.Exists(transfer => transfer.ClaimId == claim.Id && transfer.EndedAt == claim.ReceivedAt);

    /// <summary>Acknowledged proposals and steps are there; each transfer has one outcome, each project at most one that is open and one approved (R40).</summary>
    private void Transfers(List<TransferRow> transfers, Dictionary<string, ClaimRow> claims)
    {
        var byId = transfers.ToDictionary(transfer => transfer.Id);
        var byReason = transfers.ToLookup(transfer => transfer.Reason);
        foreach (var deed in chronicle.Deeds)
        {
            if (
                deed.What == "propose"
                && (byReason[deed.Key].Count() != 1 || byReason[deed.Key].Single().Id != Id(deed))
            )
                Say($"transfer {Id(deed)} was acknowledged and is there {byReason[deed.Key].Count()} times");
            if (!Steps.TryGetValue(deed.What, out var step))
                continue;
            var transfer = byId.GetValueOrDefault(Id(deed));
            if (step == "accepted" ? transfer?.AcceptedAt is null : transfer?.Status != step)
                Say($"transfer {Id(deed)} was {step}, but is {transfer?.Status}");
        }

        foreach (
            var (_, key) in chronicle.Refused.Where(refused => refused.What == "propose" && byReason[refused.Key].Any())
        )
            Say($"the proposal {key} was refused and is there");
        foreach (var project in transfers.GroupBy(transfer => transfer.ProjectId))
        {
            if (project.Count(transfer => transfer.EndedAt is null) > 1)
                Say($"project {project.Key} has more than one open transfer");
            if (project.Count(transfer => transfer.Status == "approved") > 1)
                Say($"project {project.Key} was transferred more than once");
            foreach (var transfer in project.Where(transfer => transfer.Status == "approved"))
                if (
                    claims.GetValueOrDefault(transfer.ClaimId ?? "") is not { } claim
                    || claim.ActivatedAt != transfer.EndedAt
                )
                    Say(
                        $"transfer {transfer.Id} was approved at {transfer.EndedAt:O}, and its receiver's claim did not begin then"
                    );
        }
    }

    private static readonly Dictionary<string, string> Steps = new()
    {
        ["accept"] = "accepted",
        ["decline"] = "declined",
        ["cancel"] = "cancelled",
        ["approve"] = "approved",
        ["reject"] = "rejected",
    };

    private static string Id(Deed deed) => (string)deed.Body!["id"]!;

    private void Say(string text) => wrong.Add(text);

    internal sealed class ClaimRow
    {
        public long Sequence { get; init; }
        public required string Id { get; init; }
        public string? ProjectId { get; init; }
        public required string Status { get; init; }
        public DateTimeOffset ReceivedAt { get; init; }
        public DateTimeOffset? ActivatedAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public string? EndReason { get; init; }
        public required string Report { get; init; }
        public required string ReceiptHash { get; init; }
        public required string PreviousHash { get; init; }

        /// <summary>The key under which it was reported.</summary>
        public string? Key => (string?)JsonNode.Parse(Report)!["chain"];
    }

    private sealed class TransferRow
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public required string Status { get; init; }
        public required string Reason { get; init; }
        public string? ClaimId { get; init; }
        public DateTimeOffset? AcceptedAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
    }

    private sealed class MoveRow
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public required string Status { get; init; }
        public string? Note { get; init; }
        public DateTimeOffset SubmittedAt { get; init; }
        public DateTimeOffset? DecidedAt { get; init; }
    }

    internal sealed class EntryRow
    {
        public required string ProjectId { get; init; }
        public DateTimeOffset At { get; init; }
        public required string Kind { get; init; }
        public string? Note { get; init; }
        public string? AfterJson { get; init; }

        /// <summary>The claim that it tells of.</summary>
        public string? ClaimId =>
            Kind.StartsWith("claim-", StringComparison.Ordinal)
                ? (string?)JsonNode.Parse(AfterJson!)!["claimId"]
                : null;
    }

    private const string SelectClaims =
        "SELECT sequence, id, project_id, status, received_at, activated_at, expires_at, ended_at, end_reason, report, receipt_hash, previous_hash FROM claims ORDER BY sequence";
    private const string SelectMoves = "SELECT id, project_id, status, note, submitted_at, decided_at FROM moves";
    private const string SelectTransfers =
        "SELECT id, project_id, status, reason, claim_id, accepted_at, ended_at FROM transfers";
    private const string SelectEntries = "SELECT project_id, at, kind, note, after_json FROM timeline ORDER BY seq";
    private const string SelectRequests = "SELECT DISTINCT request_id FROM audit WHERE request_id IS NOT NULL";
}
