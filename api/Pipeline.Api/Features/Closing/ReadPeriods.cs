using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Closing;

/// <summary>That somebody asked to open a period again.</summary>
public sealed record ReopeningView(string Reason, PersonRef AskedBy, DateTimeOffset AskedAt);

/// <summary>A snapshot of a period.</summary>
public sealed record SnapshotRef(string Id, long Version, DateTimeOffset MadeAt, bool Current);

/// <summary>A period of the books (R105, R106).</summary>
public sealed record PeriodView
{
    public required string Period { get; init; }
    public required PeriodStatus Status { get; init; }
    public PersonRef? ClosedBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The snapshot that tells its figures; absent while it is open.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>How often it was closed.</summary>
    public long? SnapshotVersion { get; init; }

    /// <summary>The hash of its snapshot, for those who read every project of the city.</summary>
    public string? Hash { get; init; }

    /// <summary>Present while it waits for a coordinator's confirmation (R109).</summary>
    public ReopeningView? Reopening { get; init; }

    /// <summary>When it was last opened again, and by whom.</summary>
    public PersonRef? ReopenedBy { get; init; }
    public DateTimeOffset? ReopenedAt { get; init; }
    public string? ReopenReason { get; init; }

    /// <summary>All that were made of it; only of a single period.</summary>
    public IReadOnlyList<SnapshotRef>? Snapshots { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>Lists the periods of the books (R105): from the first January that is closed, or the last year's while nothing is, to the month that runs.</summary>
public static class ReadPeriods
{
    public static Task<IResult> All(Call call) =>
        call.Read<IResult>(async session =>
        {
            var closed = await ClosedBooks.Load(session);
            var rows = (await PeriodRow.All(session)).ToDictionary(row => row.Period, StringComparer.Ordinal);
            var first = new[] { closed.From, rows.Keys.Min(StringComparer.Ordinal), LastJanuary(session.Today) }
                .OfType<string>()
                .Min(StringComparer.Ordinal)!;
            return Reply.Plain(
                new Page<PeriodView>
                {
                    Items =
                    [
                        .. Between(first, session.Today)
                            .Reverse()
                            .Select(period =>
                                View(period, rows.GetValueOrDefault(period), closed, session.Today, call.Caller)
                            ),
                    ],
                }
            );
        });

    public static Task<IResult> Single(string period, Call call) =>
        call.Read<IResult>(async session => await Answer(session, call.Caller, period));

    /// <summary>A period as its answer; 404 where it is none, or not begun yet.</summary>
    internal static async Task<Reply> Answer(Session session, Caller caller, string period)
    {
        if (!IsOne(period, session.Today))
            return Refusal.NotFound;
        var row = await PeriodRow.Of(session, period);
        var view = View(period, row, await ClosedBooks.Load(session), session.Today, caller) with
        {
            Snapshots =
            [
                .. (await SnapshotRow.OfPeriod(session, period)).Select(snapshot => new SnapshotRef(
                    snapshot.Id,
                    snapshot.Version,
                    snapshot.MadeAt,
                    row!.At == PeriodStatus.Closed && row.SnapshotId == snapshot.Id
                )),
            ],
        };
        return Reply.Resource(view, view.Version);
    }

    /// <summary>Whether it is a month or a 13th period that has begun.</summary>
    internal static bool IsOne(string period, DateOnly today) =>
        Periods.Booked(period) is { } booked
        && booked.First == booked.Last
        && string.CompareOrdinal(Periods.CalendarMonth(period), Periods.MonthOf(today)) <= 0;

    private static PeriodView View(string period, PeriodRow? row, ClosedMonths closed, DateOnly today, Caller caller)
    {
        var isClosed = closed.Includes(period);
        var mayReopen = closed.MayReopen(period) is null;
        var asked = row is { AwaitsReopening: true } && mayReopen;
        var actions = new List<string>();
        if (Permissions.Allows(caller, Act.ClosePeriod) && closed.MayClose(period, today) is null)
            actions.Add("close");
        if (Permissions.Allows(caller, Act.ReopenPeriod) && mayReopen && !asked)
            actions.Add("reopen");
        if (Permissions.Allows(caller, Act.ClosePeriod) && asked && row!.ReopenAskedBy != caller.UserId)
            actions.Add("confirm");
        return new PeriodView
        {
            Period = period,
            Status = isClosed ? PeriodStatus.Closed : PeriodStatus.Open,
            ClosedBy = isClosed && row is not null ? new PersonRef(row.ClosedBy, row.ClosedByName) : null,
            ClosedAt = isClosed ? row?.ClosedAt : null,
            SnapshotId = isClosed ? row?.SnapshotId : null,
            SnapshotVersion = row?.SnapshotVersion,
            Hash = isClosed && VisibleLedger.IsWhole(caller) ? row?.SnapshotHash : null,
            Reopening = asked
                ? new ReopeningView(
                    row!.ReopenReason!,
                    new PersonRef(row.ReopenAskedBy!, row.ReopenAskedByName!),
                    row.ReopenAskedAt!.Value
                )
                : null,
            ReopenedBy = row?.ReopenedBy is null ? null : new PersonRef(row.ReopenedBy, row.ReopenedByName!),
            ReopenedAt = row?.ReopenedAt,
            ReopenReason = isClosed ? null : row?.ReopenReason,
            AllowedActions = actions,
            Version = row?.Version ?? 0,
        };
    }

    private static string LastJanuary(DateOnly today) => $"{today.AddMonths(-12).Year:0000}-01";

    /// <summary>The periods of the books up to the month that runs, a 13th one after each December.</summary>
    private static IEnumerable<string> Between(string first, DateOnly today)
    {
        var month = DateOnly.ParseExact(
            $"{Periods.CalendarMonth(first)}-01",
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture
        );
        for (; month <= today; month = month.AddMonths(1))
        {
            var period = Periods.MonthOf(month);
            yield return period;
            if (month.Month == 12 && month.AddMonths(1) <= today)
                yield return $"{period[..4]}-13";
        }
    }
}
