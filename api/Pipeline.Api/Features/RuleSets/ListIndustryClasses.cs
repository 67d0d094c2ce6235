using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.RuleSets;

/// <summary>The industry classes of GB/T 4754-2017, by code or words.</summary>
public static class ListIndustryClasses
{
    private const int Most = 100;

    public static IResult Handle(Call call, Industries industries)
    {
        var query = new QueryReader(call.Request);
        var q = query.Text("q", 50);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var found = industries.All.Where(item =>
            q is null
            || item.Code.StartsWith(q, StringComparison.Ordinal)
            || item.NameZh.Contains(q, StringComparison.Ordinal)
            || (item.NameEn?.Contains(q, StringComparison.OrdinalIgnoreCase) ?? false)
        );
        return Reply.Plain(new Page<IndustryClass> { Items = [.. found.Take(q is null ? int.MaxValue : Most)] });
    }
}
