using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Events;
using Pipeline.Domain.Financing;
using Pipeline.Domain.Land;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Store.Events;
using Pipeline.Store.Financing;
using Pipeline.Store.Land;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Queries;

/// <summary>Which parcels (<c>l</c>) a list or an export is of; all land is everybody's to see.</summary>
public static class ParcelFilter
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Text("q", "Only parcels with these words, or their pinyin initials, in place, zone or group."),
        Query.Amount("minMu", "Only parcels with at least so many mu in one piece."),
        Query.Flag("cleared", "Only parcels that are cleared, or only those known not to be."),
        Query.Choice<ZoneRank>("zone", "Only parcels in zones of provincial rank, or only others."),
        Query.Choice<ParcelStatus>("status", "Only parcels that stand so, as far as the caller may know."),
        Query.Choice<LandList>("list", "Only what stands on this list by the rule set in force."),
        Query.Unit,
    ];

    public static Conditions Read(QueryReader query, Caller caller)
    {
        var where = new Conditions();
        where.Values.Add("mine", caller.Unit ?? "");
        where.Values.Add("me", caller.UserId);
        foreach (var (at, word) in SearchText.Words(query.Text("q") ?? "").Where(word => word.Length > 0).Index())
            where.Add($"l.search LIKE @word{at} ESCAPE '!'", $"word{at}", $"%{Like.Escaped(word)}%");
        AddLeast(where, ParcelRow.Contiguous, "minMu", query.Hundredths("minMu") / 100m);
        where.Add("l.cleared = @cleared", "cleared", query.FlagOrNull("cleared") is { } known ? (known ? 1 : 0) : null);
        where.Add("l.zone = @zone", "zone", query.Choice<ZoneRank>("zone") is { } rank ? Slug.Of(rank) : null);
        where.Add(
            $"{ParcelRow.StatusIn(caller)} = @status",
            "status",
            query.Choice<ParcelStatus>("status") is { } wanted ? Slug.Of(wanted) : null
        );
        where.Add("l.jurisdiction_id = @unit", "unit", query.Text("jurisdictionId", 32));
        return where;
    }

    /// <summary>What <see cref="ParcelRules.ListsOf"/> says of one, of all.</summary>
    public static void AddList(Conditions where, Caller caller, LandList? list, LandOffer limits)
    {
        var status = ParcelRow.StatusIn(caller);
        if (list == LandList.Offer)
        {
            where.Add($"{status} IN ('offered', 'negotiating')");
            AddLeast(where, ParcelRow.Contiguous, "leastOffer", limits.Offer);
        }

        if (list == LandList.Reserve)
        {
            where.Add($"{status} IN ('reserve', 'offered', 'negotiating') AND l.cleared = 1");
            AddLeast(where, ParcelRow.ContiguousCleared, "leastReserve", limits.Reserve);
        }
    }

    /// <summary>An area of at least so many mu: hundredths of a m² × 3 ÷ 2000 ÷ 100, reckoned in whole numbers.</summary>
    public static void AddLeast(Conditions where, string area, string name, decimal? mu) =>
        where.Add(
            $"({area}) * 3 >= @{name}",
            name,
            mu is { } least ? (long)decimal.Ceiling(decimal.Max(0, decimal.Min(least, 1_000_000_000)) * 200_000m) : null
        );
}

/// <summary>Which needs of financing (<c>n</c>) a list or an export is of, among those that the caller may know.</summary>
public static class NeedFilter
{
    private const string IsFinanced =
        "EXISTS (SELECT 1 FROM matches m WHERE m.need_id = n.id AND m.state = 'financed')";

    public static readonly QueryParameter[] Parameters =
    [
        Query.Choice<NeedKind>("kind", "Only needs of this kind of money.").OrSeveral(),
        Query.Flag("financed", "Whether only needs that got money are told, or only others."),
        Query.Flag("retired", "Whether only needs that are kept up no longer are told, or only others."),
        Query.Project,
        Query.Unit,
    ];

    public static Conditions Read(QueryReader query, Caller caller)
    {
        var where = Visible(caller);
        where.AddAny("n.kind", "kind", query.Choices<NeedKind>("kind"));
        if (query.FlagOrNull("financed") is { } got)
            where.Add($"{(got ? "" : "NOT ")}{IsFinanced}");
        if (query.FlagOrNull("retired") is { } ended)
            where.Add(ended ? "n.retire_reason IS NOT NULL" : "n.retire_reason IS NULL");
        where.Add("n.project_id = @project", "project", query.Text("projectId", 32));
        where.Add($"{NeedRow.Owner} = @unit", "unit", query.Text("jurisdictionId", 32));
        return where;
    }

    public static Conditions Visible(Caller caller)
    {
        var where = new Conditions();
        where.Add(NeedRow.VisibleTo(caller));
        where.Values.Add("mine", caller.Unit ?? "");
        where.Values.Add("me", caller.UserId);
        return where;
    }
}

/// <summary>Which nodes (<c>n</c>) an export is of; all chains are everybody's to see.</summary>
public static class ChainNodeFilter
{
    public static readonly QueryParameter[] Parameters = [Query.Text("chainId", "Only the nodes of this chain.")];

    public static Conditions Read(QueryReader query)
    {
        var where = new Conditions();
        where.Add("n.chain_id = @chain", "chain", query.Text("chainId", 32));
        return where;
    }
}

/// <summary>Which events (<c>e</c>) a list or an export is of; all events are everybody's to see.</summary>
public static class EventFilter
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Choice<EventKind>("kind", "Only events of this kind.").OrSeveral(),
        Query.Flag("technology", "Whether only events about technology are told, or only others."),
        Query.Date("from", "Only events that end on this day or later."),
        Query.Date("to", "Only events that begin on this day or before."),
        Query.Unit,
    ];

    public static Conditions Read(QueryReader query)
    {
        var where = new Conditions();
        where.AddAny("e.kind", "kind", query.Choices<EventKind>("kind"));
        where.Add(
            "e.technology = @technology",
            "technology",
            query.FlagOrNull("technology") is { } about ? (about ? 1 : 0) : null
        );
        where.Add("e.ends_on >= @from", "from", query.Date("from"));
        where.Add("e.starts_on <= @to", "to", query.Date("to"));
        where.Add("e.organiser_id = @unit", "unit", query.Text("jurisdictionId", 32));
        return where;
    }
}

/// <summary>Which results of events (<c>r</c>) a list or an export is of, among those that the caller may know.</summary>
public static class EventResultFilter
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Text("eventId", "Only what came of this event."),
        Query.Unit,
    ];

    public static Conditions Read(QueryReader query, Caller caller)
    {
        var where = new Conditions();
        where.Add(EventResultRow.VisibleTo(caller));
        where.Values.Add("mine", caller.Unit ?? "");
        where.Values.Add("me", caller.UserId);
        where.Add("r.event_id = @eventId", "eventId", query.Text("eventId", 32));
        where.Add($"{EventResultRow.Owner} = @unit", "unit", query.Text("jurisdictionId", 32));
        return where;
    }
}

/// <summary>Which leads of out-posted offices (<c>l</c>) a list or an export is of, among those that the caller may know.</summary>
public static class OfficeLeadFilter
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Choice<OfficeLeadStatus>("status", "Only leads that stand so.").OrSeveral(),
        Query.Text("officeId", "Only leads of this office."),
        Query.Flag("overdue", "Whether only leads are told of which something is overdue, or only others."),
    ];

    public static Conditions Read(QueryReader query, Caller caller)
    {
        var where = new Conditions();
        where.Add(OfficeLeadRow.VisibleTo(caller));
        where.Values.Add("mine", caller.Unit ?? "");
        where.AddAny("l.status", "status", query.Choices<OfficeLeadStatus>("status"));
        where.Add("l.office_id = @office", "office", query.Text("officeId", 32));
        return where;
    }

    public static void AddOverdue(Conditions where, bool? overdue, DateOnly today)
    {
        if (overdue is not { } late)
            return;
        where.Add(late ? "l.due_on < @today" : "(l.due_on IS NULL OR l.due_on >= @today)");
        where.Values.Add("today", today);
    }
}
