using System.Security.Cryptography;
using System.Text;
using Pipeline.Api.Features.Files;
using Pipeline.Api.Features.ForeignLists;
using Pipeline.Api.Features.Funds;
using Pipeline.Api.Features.OfficeLeads;
using Pipeline.Api.Features.Referrers;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Libraries;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Referrers;
using Pipeline.Store.Libraries;
using Pipeline.Store.OfficeLeads;
using Pipeline.Store.Referrers;

namespace Pipeline.Api.Commands;

/// <summary>What people of the demo city have done with its libraries and resources: verified and retired entries, investments of funds, visits, leads of offices, referrers; once, at the first start. All of it is invented, and says so.</summary>
public static class DemoFollowUps
{
    private const string Made = "演示数据";

    public static Task Seed(Database database, ChangeFacts facts) =>
        database.WriteAnyway(async session =>
        {
            await session.Lock(LockName.Seed);
            if (await session.One<string>("SELECT value FROM settings WHERE name = 'demo-follow-ups'") is not null)
                return false;
            await session.Lock(LockName.Assessment);
            await session.Lock(LockName.Intake);
            await session.Lock(LockName.Resources);
            await session.Lock(LockName.Library);
            var (centre, nanhu) = (await Person(session, "centre"), await Person(session, "nanhu"));
            await CountFromLedger(session, centre, await Person(session, "centre2"));
            await NameReferrers(session, facts, nanhu, centre);
            await BringLeads(session, centre, nanhu);
            await KeepEntries(session, centre);
            await Invest(session, nanhu, centre);
            await Visit(session, centre);
            await session.Execute("INSERT INTO settings (name, value) VALUES ('demo-follow-ups', 'seeded')");
            return true;
        });

    private static async Task<Caller> Person(Session session, string username) =>
        (
            await Callers.Person(
                session,
                (await session.One<string>("SELECT id FROM users WHERE username = @username", new { username }))!
            )
        )!;

    /// <summary>What the libraries and matches tell is counted; events are stated, as most cities state them.</summary>
    private static async Task CountFromLedger(Session session, Caller drafter, Caller publisher)
    {
        foreach (
            var counted in IndicatorDefinition.CountedForms.Values.Where(one => one.Source != IndicatorSource.Events)
        )
            await IndicatorRow.AddPublished(session, drafter, publisher, counted);
    }

    /// <summary>One named, one confirmed by investor and unit, one by all.</summary>
    private static async Task NameReferrers(Session session, ChangeFacts facts, Caller unit, Caller centre)
    {
        string[] names = ["示例引荐人甲", "示例引荐人乙", "示例引荐团队丙"];
        var projects = await session.Query<string>(
            "SELECT id FROM projects WHERE owner_id = @unit AND stage = 'signed' AND secret = 0 ORDER BY seq DESC {page}",
            new { unit = unit.Unit, limit = names.Length }
        );
        foreach (var (at, id) in projects.Index())
        {
            var project = (await LoadProject.ById(session, id))!;
            var before = project.Body();
            await facts.Store(session, unit, project, before, before with { Referrer = names[at] });
            await Referrer.Store(session, unit, id, at == 2 ? ReferrerKind.Team : ReferrerKind.Person);
            if (at == 0)
                continue;
            var statement = Ids.New();
            var text = Encoding.UTF8.GetBytes($"{names[at]}：{Made}");
            using var content = new MemoryStream(text);
            await UploadFile.Store(
                session,
                unit,
                statement,
                id,
                "投资方证明（示例）.txt",
                "text/plain",
                text.Length,
                Convert.ToHexStringLower(SHA256.HashData(text)),
                content
            );
            await Referrer.Advance(session, unit, (await ReferrerRow.Of(session, id))!, statement);
            await Referrer.Advance(session, unit, (await ReferrerRow.Of(session, id))!, null);
            if (at == 2)
                await Referrer.Advance(session, centre, (await ReferrerRow.Of(session, id))!, null);
        }
    }

    /// <summary>Leads of the first office: one waits for an answer, one to be judged, one to be placed, one is with a unit, one was declined.</summary>
    private static async Task BringLeads(Session session, Caller centre, Caller unit)
    {
        if (
            await session.One<string>(
                "SELECT u.id FROM users u JOIN jurisdictions j ON j.id = u.jurisdiction_id WHERE j.kind = 'office' AND u.active = 1 ORDER BY u.username"
            )
            is not { } id
        )
            return;
        var office = (await Callers.Person(session, id))!;
        (string Title, OfficeLeadStep[] Way)[] leads =
        [
            ("储能电芯扩产意向", []),
            ("车规芯片封测基地意向", [OfficeLeadStep.Answer]),
            ("生物药研发中心意向", [OfficeLeadStep.Answer, OfficeLeadStep.Judge]),
            ("氢能装备区域总部意向", [OfficeLeadStep.Answer, OfficeLeadStep.Judge, OfficeLeadStep.Assign]),
            ("低效仓储项目意向", [OfficeLeadStep.Answer, OfficeLeadStep.Judge, OfficeLeadStep.Decline]),
        ];
        foreach (var (title, way) in leads)
        {
            var lead = await StoreLead.Add(
                session,
                office,
                office.JurisdictionId!,
                new LeadBody
                {
                    Title = $"{title}（示例）",
                    Investor = "示例投资有限公司",
                    Content = Made,
                    Scale = "约 5 亿元",
                    Contacts = [new PersonBody { Name = "示例联系人" }],
                }
            );
            foreach (var step in way)
                await StepLead.Store(
                    session,
                    centre,
                    (await OfficeLeadRow.For(session, centre, lead))!,
                    step,
                    step switch
                    {
                        OfficeLeadStep.Answer => new StepLead.Change(OfficeLeadStatus.Answered, Made),
                        OfficeLeadStep.Judge => new StepLead.Change(OfficeLeadStatus.Valid, Made),
                        OfficeLeadStep.Assign => new StepLead.Change(OfficeLeadStatus.Assigned, Made, unit.Unit),
                        _ => new StepLead.Change(OfficeLeadStatus.Declined, $"{Made}：不符合产业方向"),
                    }
                );
        }
    }

    /// <summary>Of each library the first entry was verified today, the second nobody has verified for long, and of some the last is no longer kept up.</summary>
    private static async Task KeepEntries(Session session, Caller centre)
    {
        foreach (var library in Enum.GetValues<Library>())
        {
            var rows = await session.Query<LibraryRow>(
                $"SELECT {LibraryRow.Columns} {LibraryRow.From} WHERE e.library = @library AND e.retired_at IS NULL ORDER BY e.seq",
                new { library = Slug.Of(library) }
            );
            if (rows.Count < 4)
                continue;
            await StoreEntry.Verify(session, centre, rows[0]);
            var since = session.Today.AddMonths(-LibraryRules.MonthsUntilGrey - 2);
            await session.Execute(
                "UPDATE library_entries SET trusted_since = @since, grey_from = @grey WHERE id = @id",
                new
                {
                    id = rows[1].Id,
                    since,
                    grey = LibraryRules.GreyFrom(since),
                }
            );

            // What counts stays: a fund that goes would be taken off this year's cluster.
            if (library is Library.Experts or Library.Intermediaries or Library.TargetEnterprises)
                await StoreEntry.Retire(session, centre, rows[^1], $"{Made}：已不再合作");
        }
    }

    /// <summary>Of each of the first funds one investment that was verified, one that waits, one elsewhere that does not come back.</summary>
    private static async Task Invest(Session session, Caller submitter, Caller verifier)
    {
        var funds = await session.Query<string>(
            "SELECT e.id FROM library_entries e WHERE e.library = 'funds' AND e.retired_at IS NULL AND e.city_visible = 1 ORDER BY e.seq {page}",
            new { limit = 3 }
        );
        foreach (var (at, fund) in funds.Index())
        {
            foreach (
                var (place, days, wan, decided) in new[]
                {
                    (InvestedIn.Local, 20, 6_000m + (at * 1_000), true),
                    (InvestedIn.Relocated, 12, 3_000m, at < 2),
                    (InvestedIn.Elsewhere, 5, 2_000m, at == 0),
                }
            )
            {
                var id = Ids.New();
                await FundInvestments.Store(
                    session,
                    submitter,
                    id,
                    fund,
                    new FundInvestments.Request
                    {
                        Company = $"示例科技{(char)('甲' + at)}有限公司",
                        InvestedIn = place,
                        InvestedOn = session.Today.AddDays(-days),
                        Amount = new Money(wan * 10_000m, "CNY"),
                        Evidence = Made,
                    }
                );
                if (decided)
                    await FundInvestments.Store(session, verifier, id, InvestmentStatus.Verified, null);
            }
        }
    }

    private static async Task Visit(Session session, Caller by)
    {
        var visited = await session.Query<string>(
            "SELECT e.id FROM library_entries e WHERE e.library = 'foreign-enterprises' AND e.retired_at IS NULL ORDER BY e.seq {page}",
            new { limit = 6 }
        );
        foreach (var (at, id) in visited.Index())
            await RecordVisit.Store(
                session,
                by,
                Ids.New(),
                id,
                Enum.GetValues<ForeignList>()[at % Enum.GetValues<ForeignList>().Length],
                new RecordVisit.Request
                {
                    VisitedOn = session.Today.AddDays(-3 - at),
                    Outcome = at % 2 == 0 ? null : VisitOutcome.Increase,
                    Note = Made,
                }
            );
    }
}
