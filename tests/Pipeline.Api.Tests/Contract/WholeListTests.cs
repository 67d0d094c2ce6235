using FluentValidation;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>Who sends a list learns of everything that is wrong in it at once, not of the first.</summary>
public sealed class WholeListTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task Each_wrong_item_of_a_list_is_told()
    {
        var body = Given.Project(amount: 5_000_000m);
        body["investors"] = new object[]
        {
            new
            {
                name = "",
                country = "CN",
                primary = true,
            },
            new { name = "嘉兴储电科技有限公司", country = "CN" },
            new { name = "某某控股有限公司", country = "China" },
        };
        body["contacts"] = new object[] { new { phone = "1" }, new { phone = "2" } };
        var refused = (await App.As("nanhu").Post("projects", body)).IsProblem(400, "validation-failed");
        refused.Body!["errors"]!
            .AsObject()
            .Select(error => error.Key)
            .Order()
            .ShouldBe(["contacts[0].name", "contacts[1].name", "investors[0].name", "investors[2].country"]);
    }

    [Test]
    public void Every_list_of_every_body_is_judged_to_its_end()
    {
        var lists = new[] { typeof(Program).Assembly, typeof(Validation).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type =>
                type.IsAssignableTo(typeof(IValidator)) && !type.IsAbstract && type.GetConstructor([]) is not null
            )
            .SelectMany(type =>
                ((IValidator)Activator.CreateInstance(type)!).CreateDescriptor().Rules.Select(rule => (type, rule))
            )
            .Where(each => each.rule.GetType().Name.StartsWith("CollectionPropertyRule", StringComparison.Ordinal))
            .ToList();
        lists.Count.ShouldBeGreaterThan(15);
        lists
            .Where(each =>
                !Equals(each.rule.GetType().GetProperty("CascadeMode")!.GetValue(each.rule), CascadeMode.Continue)
            )
            .Select(each => $"{each.type.FullName}: {each.rule.PropertyName}")
            .ShouldBeEmpty();
    }
}
