using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain.Industries;
using Pipeline.Domain.Problems;

namespace Pipeline.Api.Features.RuleSets;

/// <summary>A class of GB/T 4754-2017.</summary>
public sealed record IndustryClass
{
    /// <summary>Two digits of a division, three of a group, four of a class.</summary>
    public required string Code { get; init; }
    public required string NameZh { get; init; }

    /// <summary>Of divisions only.</summary>
    public string? NameEn { get; init; }

    /// <summary>Whether it is of section C.</summary>
    public required bool Manufacturing { get; init; }

    /// <summary>Everyday words for what belongs to it.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>The word of the text asked about that speaks of it; only of suggestions.</summary>
    public string? Because { get; init; }
}

/// <summary>The industry classes of GB/T 4754-2017, by code or words, and those that a text speaks of.</summary>
public static class ListIndustryClasses
{
    private const int Most = 100;

    public static IResult Handle(Call call, Industries industries)
    {
        var query = new QueryReader(call.Request);
        var q = query.Text("q", 50);
        var text = query.Text("text", 500);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var found =
            text is not null ? industries.Finder.Suggest(text).Select(one => View(one.Entry, one.Because))
            : q is not null ? industries.Finder.Find(q).Take(Most).Select(entry => View(entry))
            : industries.All.Select(entry => View(entry));
        return Reply.Plain(new Page<IndustryClass> { Items = [.. found] });
    }

    private static IndustryClass View(IndustryEntry entry, string? because = null) =>
        new()
        {
            Code = entry.Code,
            NameZh = entry.NameZh,
            NameEn = entry.NameEn,
            Manufacturing = Industries.IsManufacturing(entry.Code),
            Aliases = entry.Aliases.Count == 0 ? null : entry.Aliases,
            Because = because,
        };
}
