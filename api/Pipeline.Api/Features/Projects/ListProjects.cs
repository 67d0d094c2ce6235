using System.Globalization;
using Dapper;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Projects;

/// <summary>The library as a caller may see it, page by page.</summary>
public static class ListProjects
{
    public static async Task<IResult> Handle(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var filter = ProjectFilter.Read(query, call.Caller);
        var order = ProjectOrder.Read(query, filter, cursors);
        var count = query.Flag("count");
        var fields = SparseFields.Read<ProjectView>(query, "summary");
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var rules = await ruleBooks.Current(session);
            filter.AddLight(session.Today);
            await filter.Seek(session);
            long? total = count ? await filter.Count(session, call.Caller) : null;
            var rows = await order.Page(session, filter);
            return Reply
                .Plain(
                    order.Page(
                        call.Request,
                        cursors,
                        rows,
                        row => ToldProject.To(call.Caller, row, rules, session.Today),
                        total
                    )
                )
                .With(fields);
        });
    }
}
