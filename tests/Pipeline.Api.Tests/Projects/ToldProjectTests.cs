using System.Text;
using System.Text.Json;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Tests.Projects;

/// <summary>Facts are told in the bytes in which they are stored: what goes out is what would be written of the facts that were read.</summary>
public sealed class ToldProjectTests
{
    private static readonly string[] Odd =
    [
        "",
        "普通",
        "a\"b\\c",
        "tab\tline\nend",
        "\u0001\u001f",
        "😀\ud83c\udde8\ud83c\uddf3",
        "é\u0301",
        "</script>&'+",
        "\u2028\u2029\ufeff",
        new('长', 199),
    ];

    [Test]
    public void Each_member_is_what_the_facts_say_whatever_they_are()
    {
        var random = new Random(7);
        for (var n = 0; n < 500; n++)
        {
            var body = Any(random);
            var stored = new StoredFacts(JsonSerializer.SerializeToUtf8Bytes(body, Json.Options));
            foreach (var member in typeof(ProjectBody).GetProperties())
            {
                var value = member.GetValue(body);
                Encoding
                    .UTF8.GetString(stored[Fact.Of(member.Name)])
                    .ShouldBe(value is null ? "" : Json.Write(value), member.Name);
            }

            stored.Foreign.ShouldBe(
                (body.Investors ?? []).Any(investor => investor.Country is not (null or "CN" or "ZZ"))
            );
            stored.Text(Fact.Chain).ShouldBe(body.Chain);
            stored.Number(Fact.Of(nameof(ProjectBody.LandMu))).ShouldBe(body.LandMu);
            stored.Money(Fact.Of(nameof(ProjectBody.FixedInvestment))).ShouldBe(body.FixedInvestment);
            stored.Day(Fact.Of(nameof(ProjectBody.PlannedStartOn))).ShouldBe(body.PlannedStartOn);
            var primary = (body.Investors ?? []).FirstOrDefault(investor => investor.Primary);
            (stored.PrimaryCountry, stored.PrimaryUscc).ShouldBe((primary?.Country, primary?.Uscc));
            stored
                .InvestorNames()
                .ShouldBe(string.Join('、', (body.Investors ?? []).Select(investor => investor.Name)));
        }
    }

    [Test]
    public void Members_are_found_in_whatever_order_they_were_stored()
    {
        var random = new Random(11);
        for (var n = 0; n < 200; n++)
        {
            var members = System.Text.Json.Nodes.JsonNode.Parse(Json.Write(Any(random)))!.AsObject().ToList();
            var shuffled = members.ToArray();
            random.Shuffle(shuffled);
            var json =
                "{" + string.Join(',', shuffled.Select(each => $"\"{each.Key}\":{Json.Write(each.Value)}")) + "}";
            var stored = new StoredFacts(Encoding.UTF8.GetBytes(json));
            foreach (var (name, value) in members)
                Encoding.UTF8.GetString(stored[Fact.Of(name)]).ShouldBe(Json.Write(value), json);
        }
    }

    [TestCase("""{"investors":[{"primary":true,"name":"甲"}],"name":"乙"}""", Description = "another order")]
    [TestCase(
        """{"name":"乙","secret":false,"investors":[{"name":"甲","uscc":null,"primary":true}],"provincialZone":false}""",
        Description = "null, and marks that are missing"
    )]
    [TestCase(
        """{"name":"乙","nationalCode":null,"secret":false,"investors":[{"name":"甲","fortune500":false,"china500":false,"listed":false,"centralSoe":false,"specialised":false,"primary":true}]}""",
        Description = "null"
    )]
    public void Facts_that_somebody_else_wrote_are_written_as_they_would_have_been_here(string json)
    {
        var stored = new StoredFacts(Encoding.UTF8.GetBytes(json));
        Encoding.UTF8.GetString(stored[Fact.Name]).ShouldBe("\"乙\"");
        Encoding
            .UTF8.GetString(stored[Fact.Investors])
            .ShouldBe(
                """[{"name":"甲","fortune500":false,"china500":false,"listed":false,"centralSoe":false,"specialised":false,"primary":true}]"""
            );
        stored[Fact.NationalCode].IsEmpty.ShouldBeTrue();
    }

    [TestCase("2026-11-22T08:09:10.011Z")]
    [TestCase("2024-02-29T23:59:59.999Z")]
    [TestCase("0001-01-01T00:00:00.000Z")]
    [TestCase("9999-12-31T23:59:59.999Z")]
    public void An_instant_is_read_and_written_as_it_stands(string text)
    {
        var instant = Iso.Instant(Encoding.UTF8.GetBytes(text));
        instant.ShouldBe(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        var written = new byte[Iso.InstantLength];
        Iso.Write(instant, written);
        Encoding.UTF8.GetString(written).ShouldBe(text);
    }

    [TestCase("2026-11-22T08:09:10Z")]
    [TestCase("2026-11-22T16:09:10.0000000+08:00")]
    public void An_instant_of_another_form_is_read_too(string text) =>
        Iso.Instant(Encoding.UTF8.GetBytes(text)).ShouldBe(new DateTimeOffset(2026, 11, 22, 8, 9, 10, TimeSpan.Zero));

    [TestCase("2026-02-29")]
    [TestCase("2026-13-01")]
    [TestCase("2026-1-01x")]
    [TestCase("20261122")]
    public void What_is_no_date_is_not_read_as_one(string text) =>
        Should.Throw<FormatException>(() => Iso.Date(Encoding.UTF8.GetBytes(text)));

    /// <summary>Facts of which each member is there or not, with odd texts.</summary>
    private static ProjectBody Any(Random random)
    {
        T? Perhaps<T>(Func<T> value) => random.Next(2) == 0 ? value() : default;
        T? Some<T>(Func<T> value)
            where T : struct => random.Next(2) == 0 ? value() : null;
        string Word() => Odd[random.Next(Odd.Length)];
        Money Sum() =>
            new(
                random.Next(3) switch
                {
                    0 => random.Next(1, 1_000_000),
                    1 => random.Next(1, 1_000_000) / 100m,
                    _ => 1_200_000_000.00m,
                },
                random.Next(2) == 0 ? "CNY" : "USD"
            );
        DateOnly Day() => new DateOnly(2020, 1, 1).AddDays(random.Next(4000));
        var primary = random.Next(2);
        return new ProjectBody
        {
            Name = Perhaps(Word),
            NationalCode = Perhaps(Word),
            Secret = random.Next(2) == 0,
            Investors = Perhaps<IReadOnlyList<InvestorBody>>(() =>
                [
                    .. Enumerable
                        .Range(0, random.Next(4))
                        .Select(at => new InvestorBody
                        {
                            Name = Word(),
                            Uscc = Perhaps(Word),
                            Country = Perhaps(() => (string[])["CN", "ZZ", "DE"])?[random.Next(3)],
                            GroupParent = Perhaps(Word),
                            Fortune500 = random.Next(2) == 0,
                            Listed = random.Next(2) == 0,
                            Specialised = random.Next(2) == 0,
                            Primary = at == primary,
                        }),
                ]
            ),
            TotalInvestment = Some(Sum),
            FixedInvestment = Some(Sum),
            ForeignCapital = Some(Sum),
            IndustryCode = Perhaps(Word),
            Chain = Perhaps(Word),
            BuildKind = Some(() => BuildKind.Renovation),
            LandingPlace = Perhaps(() => new PlaceBody { Id = Perhaps(Word), Text = Perhaps(Word) }),
            ProvincialZone = random.Next(2) == 0,
            LandMu = Some(() => random.Next(2) == 0 ? 12.50m : random.Next(500)),
            EnergyTce = Some(() => 0.1m),
            Jobs = Some(() => random.Next()),
            AnnualOutput = Some(Sum),
            AnnualTax = Some(Sum),
            Contacts = Perhaps<IReadOnlyList<PersonBody>>(() => [new PersonBody { Name = Word() }]),
            Referrer = Perhaps(Word),
            Channel = Some(() => Channel.Event),
            FirstContactOn = Some(Day),
            PlannedSigningOn = Some(Day),
            PlannedStartOn = Some(Day),
            PlannedProductionOn = Some(Day),
            Leaders = Perhaps<IReadOnlyList<string>>(() => [Word(), Word()]),
        };
    }
}
