using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.RuleSets;

public static class RuleSetEndpoints
{
    public static void MapRuleSets(this IEndpointRouteBuilder api)
    {
        var sets = api.MapGroup("/rule-sets")
            .Tagged("Rule sets", "The numbers and days that the rules go by, with their periods.");
        sets.MapGet("/", ListRuleSets.All)
            .WithName("listRuleSets")
            .WithSummary("List the rule sets")
            .Allows(Act.ReadReference)
            .Answers<Page<RuleSetView>>();
        sets.MapGet("/current", ListRuleSets.Current)
            .WithName("getCurrentRuleSet")
            .WithSummary("Get the rule set in force")
            .Allows(Act.ReadReference)
            .Reads(Query.Date("on", "The rule set in force on this day; without it on the present one."))
            .Answers<RuleSetView>();
        sets.MapGet("/{id}", ListRuleSets.Single)
            .WithName("getRuleSet")
            .WithSummary("Get a rule set")
            .Allows(Act.ReadReference)
            .Answers<RuleSetView>()
            .Refuses(404);
        sets.MapPost("/", PostRuleSet.Handle)
            .WithName("createRuleSet")
            .WithSummary("Add a rule set")
            .Allows(Act.ManageRuleSets)
            .TakesPartOf<RuleSetBody>("effectiveFrom")
            .Answers<RuleSetView>(201)
            .Refuses(400)
            .Refuses("rule-set-overlap");
        sets.MapPatch("/{id}", PostRuleSet.Patch)
            .WithName("editRuleSet")
            .WithSummary("Change a rule set that is not in force yet")
            .Allows(Act.ManageRuleSets)
            .TakesPatchOf<RuleSetBody>()
            .Answers<RuleSetView>()
            .Refuses(400, 404, 422)
            .Refuses("rule-set-in-force", "rule-set-published");
        RuleSetDrafts.Map(api);
        api.MapGet("/industry-classes", ListIndustryClasses.Handle)
            .WithName("listIndustryClasses")
            .WithSummary("List the industry classes of GB/T 4754-2017")
            .WithTags("Rule sets")
            .Allows(Act.ReadReference)
            .Reads([
                Query.Text(
                    "q",
                    "The beginning of a code, a part of a name, an everyday word (`储能`), or initials (`cn`); several words in any order. The nearest come first, at most 100."
                ),
                Query.Text(
                    "text",
                    "A project's name or summary: the classes that it speaks of, each with the word that says so."
                ),
            ])
            .Answers<Page<IndustryClass>>();
    }
}
