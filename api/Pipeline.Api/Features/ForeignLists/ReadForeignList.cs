using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Libraries;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.ForeignLists;

/// <summary>What came of a visit.</summary>
public enum VisitOutcome
{
    Increase,
    Reinvestment,
    PaidIn,
}

/// <summary>A visit to an enterprise on a list.</summary>
public sealed record VisitView(string Id, DateOnly VisitedOn, VisitOutcome? Outcome, string Note, PersonRef RecordedBy);

/// <summary>The three lists of foreign enterprises, made from what was known at the end of a month (R138).</summary>
public static class ReadForeignList
{
    /// <summary>An enterprise on a list, or one that has left it in the month.</summary>
    public sealed record Row
    {
        public required string Id { get; init; }
        public required string Name { get; init; }

        /// <summary>The unit that keeps it up; absent: the centre.</summary>
        public UnitRef? Keeper { get; init; }
        public required ListStanding Standing { get; init; }

        /// <summary>What of it is not known.</summary>
        public required IReadOnlyList<string> Missing { get; init; }

        /// <summary>Of one that has left: why.</summary>
        public LeftList? Left { get; init; }
        public DateOnly? RegisteredOn { get; init; }

        /// <summary>In dollars, absent where it is not known or has no rate.</summary>
        public decimal? Total { get; init; }
        public decimal? Contracted { get; init; }
        public decimal? PaidIn { get; init; }

        /// <summary>Paid in ÷ contracted, of up to six places.</summary>
        public string? PaidInShare { get; init; }
        public decimal? UndistributedProfit { get; init; }
        public required IReadOnlyList<VisitView> Visits { get; init; }
        public required IReadOnlyList<string> AllowedActions { get; init; }
    }

    /// <param name="AsOf">The day the list is made for: the last of the month, or today.</param>
    /// <param name="On">How many are on it.</param>
    public sealed record Response(ForeignList List, string Month, DateOnly AsOf, int On, IReadOnlyList<Row> Items);

    public static Task<IResult> Handle(string list, Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var asked = query.Month("month");
        if (!Slug.TryTo<ForeignList>(list, out var kind))
            return Task.FromResult<IResult>((Reply)Refusal.NotFound);
        if (query.Refusal() is { } wrong)
            return Task.FromResult<IResult>((Reply)wrong);
        return call.Read<IResult>(async session =>
        {
            var month = asked ?? session.Today.AddDays(1 - session.Today.Day);
            if (month > session.Today)
                return (Reply)Refusal.Invalid(new FieldError("month", "future"));
            var end = month.AddMonths(1).AddDays(-1);
            var asOf = end < session.Today ? end : session.Today;
            var before = month.AddDays(-1);
            var rules = (await ruleBooks.Load(session)).At(session.Now);
            var caller = call.Caller;
            var all = await session.Query<LibraryRow>(
                $"SELECT {LibraryRow.Columns} {LibraryRow.From} WHERE e.library = @library ORDER BY e.seq",
                new { library = Slug.Of(Library.ForeignEnterprises) }
            );
            var entries = all.Where(entry => Permissions.Allows(caller, Act.ReadLibraries, entry.RelationOf(caller)))
                .ToList();
            var ids = entries.ConvertAll(entry => entry.Id);
            var known = ids.Count == 0 ? [] : await session.Query<Known>(SelectKnown, new { ids });
            var facts = known.ToLookup(each => each.EnterpriseId);
            var visits = (
                ids.Count == 0
                    ? []
                    : await session.Query<Visit>(
                        SelectVisits,
                        new
                        {
                            ids,
                            list,
                            asOf,
                        }
                    )
            ).ToLookup(visit => visit.EnterpriseId);
            var rows = new List<Row>();
            foreach (var entry in entries)
            {
                var (then, now) = (Known.On(facts[entry.Id], before, rules), Known.On(facts[entry.Id], asOf, rules));
                var isRetired = entry.RetiredAt is { } at && Shanghai.DateOf(at) <= asOf;
                var was =
                    then is not null && !(entry.RetiredAt is { } gone && Shanghai.DateOf(gone) <= before)
                        ? Domain.Libraries.ForeignLists.Judge(kind, then, before)
                        : ListStanding.Off;
                if (now is null)
                    continue;
                var standing = isRetired ? ListStanding.Off : Domain.Libraries.ForeignLists.Judge(kind, now, asOf);
                if (standing == ListStanding.Off && was != ListStanding.On)
                    continue;
                rows.Add(Told(entry, kind, standing, then, now, asOf, isRetired, visits[entry.Id], caller));
            }

            return Reply.Plain(
                new Response(
                    kind,
                    Domain.Credit.Periods.MonthOf(month),
                    asOf,
                    rows.Count(row => row.Standing == ListStanding.On),
                    [.. rows.OrderBy(row => row.Standing)]
                )
            );
        });
    }

    private static Row Told(
        LibraryRow entry,
        ForeignList list,
        ListStanding standing,
        ForeignFacts? then,
        ForeignFacts now,
        DateOnly asOf,
        bool isRetired,
        IEnumerable<Visit> visits,
        Caller caller
    )
    {
        (string Name, bool IsKnown)[] needed = list switch
        {
            ForeignList.New =>
            [
                ("registeredOn", now.RegisteredOn is not null),
                ("totalInvestment", now.Total is not null),
            ],
            ForeignList.Profit => [("undistributedProfit", now.UndistributedProfit is not null)],
            _ =>
            [
                ("registeredOn", now.RegisteredOn is not null),
                ("contracted", now.Contracted is not null),
                ("paidIn", now.PaidIn is not null),
            ],
        };
        return new Row
        {
            Id = entry.Id,
            Name = entry.Name,
            Keeper = entry.KeeperId is null ? null : new UnitRef(entry.KeeperId, entry.KeeperName!),
            Standing = standing,
            Missing =
                standing == ListStanding.Unknown
                    ? [.. needed.Where(each => !each.IsKnown).Select(each => each.Name)]
                    : [],
            Left =
                standing != ListStanding.Off ? null
                : isRetired ? LeftList.Retired
                : Domain.Libraries.ForeignLists.WhyLeft(list, then!, now, asOf),
            RegisteredOn = now.RegisteredOn,
            Total = Cents(now.Total),
            Contracted = Cents(now.Contracted),
            PaidIn = Cents(now.PaidIn),
            PaidInShare = Ratios.Text(Domain.Libraries.ForeignLists.PaidInShare(now)),
            UndistributedProfit = Cents(now.UndistributedProfit),
            Visits = [.. visits.Select(visit => visit.View())],
            AllowedActions =
                !isRetired
                && standing == ListStanding.On
                && Permissions.Allows(caller, Act.EditLibraries, entry.RelationOf(caller))
                    ? ["visit"]
                    : [],
        };
    }

    private static decimal? Cents(decimal? amount) =>
        amount is { } known ? Math.Round(known, 2, MidpointRounding.AwayFromZero) : null;

    /// <summary>What was known of an enterprise from a day on.</summary>
    internal sealed class Known
    {
        public required string EnterpriseId { get; init; }
        public DateOnly KnownOn { get; init; }
        public required string Details { get; init; }

        /// <summary>What was known on a day, in dollars; null: nothing was yet.</summary>
        public static ForeignFacts? On(IEnumerable<Known> all, DateOnly day, RuleSet rules)
        {
            if (all.LastOrDefault(each => each.KnownOn <= day) is not { } last)
                return null;
            var told = Json.Read<ForeignEnterpriseDetails>(last.Details);
            decimal? Usd(Money? money) => money is { } given ? rules.In("USD", given, day) : null;
            return new ForeignFacts(
                told.RegisteredOn,
                Usd(told.TotalInvestment),
                Usd(told.Contracted),
                Usd(told.PaidIn),
                Usd(told.UndistributedProfit)
            );
        }
    }

    internal sealed class Visit
    {
        public required string Id { get; init; }
        public required string EnterpriseId { get; init; }
        public DateOnly VisitedOn { get; init; }
        public string? Outcome { get; init; }
        public required string Note { get; init; }
        public required string RecordedBy { get; init; }
        public required string RecordedByName { get; init; }

        public VisitView View() =>
            new(
                Id,
                VisitedOn,
                Outcome is null ? null : Slug.To<VisitOutcome>(Outcome),
                Note,
                new PersonRef(RecordedBy, RecordedByName)
            );
    }

    private const string SelectKnown =
        "SELECT enterprise_id, known_on, details FROM foreign_facts WHERE enterprise_id IN @ids ORDER BY enterprise_id, seq";
    private const string SelectVisits = """
        SELECT v.id, v.enterprise_id, v.visited_on, v.outcome, v.note, v.recorded_by, v.recorded_by_name FROM foreign_visits v
        WHERE v.enterprise_id IN @ids AND v.list = @list AND v.visited_on <= @asOf ORDER BY v.seq
        """;
}
