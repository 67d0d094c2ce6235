using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;

namespace Pipeline.Store.Ledger;

/// <summary>Rows of the ledger as they are stored, each sealed with the seal of the one before (R45).</summary>
public static class LedgerRows
{
    /// <summary>Reads <see cref="Columns"/>.</summary>
    public static LedgerRow Read(AnswerRow row) =>
        new(
            row.Number(0),
            row.Text(2),
            new CountedFact
            {
                Kind = Slug.To<FactKind>(row.Text(1)),
                Subject = row.Text(3),
                OccurredOn = row.DateOrNull(4)!.Value,
                Counted = (int)row.Number(9),
                Amount = row.NumberOrNull(10) is { } hundredths ? Money.FromHundredths(hundredths, row.Text(11)) : null,
                IndustryCode = row.TextOrNull(12),
                Manufacturing = row.Flag(13),
                Foreign = row.Flag(14),
                InvestorFlags = row.Text(15),
                ProvincialZone = row.Flag(16),
                FirstTalkId = row.TextOrNull(18),
                LandingId = row.Text(19),
                FinderId = row.TextOrNull(20),
            },
            row.Instant(5),
            row.Text(6),
            row.TextOrNull(7),
            (int)row.Number(8),
            row.Flag(17),
            row.TextOrNull(21),
            row.Text(22),
            row.Text(23),
            row.Text(24),
            row.NumberOrNull(25)
        );

    /// <summary>All rows of some projects, in their order.</summary>
    public static Task<List<LedgerRow>> OfProjects(Session session, IReadOnlyList<string> ids) =>
        session.Rows(SelectOfProjects, Read, new { ids });

    /// <summary>The seal of a row after another.</summary>
    public static string Seal(LedgerRow row, string previousHash) =>
        Pipeline.Data.Canonical.Hash(
            Pipeline.Data.Canonical.Text(
                ("seq", row.Seq),
                ("kind", Slug.Of(row.Fact.Kind)),
                ("projectId", row.ProjectId),
                ("subject", row.Fact.Subject),
                ("occurredOn", row.Fact.OccurredOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ("recordedAt", Slug.Stamp(row.RecordedAt)),
                ("period", row.Period),
                ("belongsTo", row.BelongsTo),
                ("sign", (long)row.Sign),
                ("counted", (long)row.Fact.Counted),
                ("amount", row.Fact.Amount?.Hundredths),
                ("currency", row.Fact.Amount?.Currency),
                ("industryCode", row.Fact.IndustryCode),
                ("manufacturing", row.Fact.Manufacturing ? 1L : 0L),
                ("foreign", row.Fact.Foreign ? 1L : 0L),
                ("investorFlags", row.Fact.InvestorFlags),
                ("provincialZone", row.Fact.ProvincialZone ? 1L : 0L),
                ("secret", row.Secret ? 1L : 0L),
                ("firstTalkId", row.Fact.FirstTalkId),
                ("landingId", row.Fact.LandingId),
                ("finderId", row.Fact.FinderId),
                ("agreementId", row.AgreementId),
                ("ruleSetId", row.RuleSetId),
                ("causeKind", row.CauseKind),
                ("causeId", row.CauseId),
                ("reverses", row.Reverses),
                ("previousHash", previousHash)
            )
        );

    internal static object?[] Values(LedgerRow row, string hash, string previousHash) =>
        [
            row.Seq,
            Slug.Of(row.Fact.Kind),
            row.ProjectId,
            row.Fact.Subject,
            row.Fact.OccurredOn,
            row.RecordedAt,
            row.Period,
            row.BelongsTo,
            row.Sign,
            row.Fact.Counted,
            row.Fact.Amount?.Hundredths,
            row.Fact.Amount?.Currency,
            row.Fact.IndustryCode,
            row.Fact.Manufacturing ? 1 : 0,
            row.Fact.Foreign ? 1 : 0,
            row.Fact.InvestorFlags,
            row.Fact.ProvincialZone ? 1 : 0,
            row.Secret ? 1 : 0,
            row.Fact.FirstTalkId,
            row.Fact.LandingId,
            row.Fact.FinderId,
            row.AgreementId,
            row.RuleSetId,
            row.CauseKind,
            row.CauseId,
            row.Reverses,
            hash,
            previousHash,
        ];

    /// <summary>The columns of a row without its seal.</summary>
    public const string Columns = """
        l.seq, l.kind, l.project_id, l.subject, l.occurred_on, l.recorded_at, l.period, l.belongs_to, l.sign, l.counted, l.amount, l.currency, l.industry_code, l.manufacturing, l.is_foreign,
        l.investor_flags, l.provincial_zone, l.secret, l.first_talk_id, l.landing_id, l.finder_id, l.agreement_id, l.rule_set_id, l.cause_kind, l.cause_id, l.reverses
        """;

    internal static readonly BulkTable Table = new(
        "ledger",
        "seq",
        "kind",
        "project_id",
        "subject",
        "occurred_on",
        "recorded_at",
        "period",
        "belongs_to",
        "sign",
        "counted",
        "amount",
        "currency",
        "industry_code",
        "manufacturing",
        "is_foreign",
        "investor_flags",
        "provincial_zone",
        "secret",
        "first_talk_id",
        "landing_id",
        "finder_id",
        "agreement_id",
        "rule_set_id",
        "cause_kind",
        "cause_id",
        "reverses",
        "hash",
        "previous_hash"
    );

    private const string SelectOfProjects = $"SELECT {Columns} FROM ledger l WHERE l.project_id IN @ids ORDER BY l.seq";
}

/// <summary>Adds rows at the end of the ledger. Whoever has its lock is alone with it until the commit.</summary>
internal sealed class LedgerWriter
{
    private long seq;
    private string previous;

    private LedgerWriter(long seq, string previous) => (this.seq, this.previous) = (seq, previous);

    public static async Task<LedgerWriter> Begin(Session session)
    {
        await session.Lock(LockName.Ledger);
        var head = (await session.One<Head>(SelectHead))!;
        return new LedgerWriter(head.Seq, head.Hash);
    }

    /// <summary>Adds a row; as it stands then.</summary>
    public LedgerRow Add(Session session, LedgerRow row)
    {
        var placed = row with { Seq = ++seq };
        var hash = LedgerRows.Seal(placed, previous);
        session.Add(LedgerRows.Table, LedgerRows.Values(placed, hash, previous));
        previous = hash;
        return placed;
    }

    public void End(Session session) => session.Later(SetHead, new { seq, hash = previous });

    internal sealed class Head
    {
        public long Seq { get; init; }
        public required string Hash { get; init; }
    }

    internal const string SelectHead = "SELECT seq, hash FROM ledger_head WHERE id = 1";
    private const string SetHead = "UPDATE ledger_head SET seq = @seq, hash = @hash WHERE id = 1";
}
