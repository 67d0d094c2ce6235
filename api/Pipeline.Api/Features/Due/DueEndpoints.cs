using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Due;

public static class DueEndpoints
{
    public static void MapDue(this IEndpointRouteBuilder api) =>
        api.MapGroup("/due")
            .Tagged(
                "Due",
                "What comes due for the caller: windows, signings, lights, removals, problems, transfers, disputes."
            )
            .MapGet("/", ListDue.Handle)
            .WithName("listDue")
            .WithSummary("List what comes due, the first at first; what is overdue or waits stands before it")
            .Allows(Act.ReadDue)
            .Reads([
                Query.Text(
                    "within",
                    "How far ahead, in whole days, weeks or months (ISO 8601), three months at most; `P7D` without it."
                ),
                .. Query.Pages,
            ])
            .Answers<Page<DueItem>>();
}

/// <summary>What comes due for the caller within some days (regime §15.3).</summary>
public static class ListDue
{
    private static readonly IsoDuration Week = IsoDuration.Parse("P7D");

    /// <summary>How far ahead may be looked, in months.</summary>
    private const int MostMonths = 3;

    public static async Task<IResult> Handle(Call call, Cursors cursors, DueItems due)
    {
        var query = new QueryReader(call.Request);
        var within = query.Text("within", 10);
        var page = query.Page(cursors, counted: false);
        IsoDuration? ahead =
            within is null ? Week
            : IsoDuration.TryParse(within, out var length) && !length.HasTime ? length
            : null;
        var origin = new DateOnly(2026, 1, 1);
        if (ahead is null || ahead.Value.After(origin) > origin.AddMonths(MostMonths).AddDays(2))
            query.Refuse("within", "days-ahead", MostMonths);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            (DateTimeOffset At, int Source, long Seq)? after = null;
            if (page.After is { } last)
            {
                var (at, source) = DueItems.Read(last.Key!);
                after = (at, source, last.Seq);
            }

            var found = await due.Find(session, call.Caller, ahead!.Value.After(session.Today), page.Limit + 1, after);
            foreach (
                var project in found.Take(page.Limit).Select(one => one.Item.SecretProject).OfType<string>().Distinct()
            )
                session.Note(SecretReads.OfProject(project));
            return Reply.Plain(page.Of(found, one => new Cursor(DueItems.Key(one), one.Item.Seq), one => one.Item));
        });
    }
}
