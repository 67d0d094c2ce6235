using System.IO.Compression;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>Papers of decisions, the forms of signings, and the texts that are kept for reasons.</summary>
public sealed class DecisionPaperTests(string engine) : OnEachEngine(engine)
{
    private static async Task<string> Read(Actor who, string path)
    {
        using var stream = new MemoryStream(await who.Downloads(path));
        using var archive = new ZipArchive(stream);
        using var part = new StreamReader(archive.GetEntry("word/document.xml")!.Open());
        return await part.ReadToEndAsync();
    }

    [Test]
    public async Task A_decision_is_a_paper_with_its_course_and_tells_nothing_of_others()
    {
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var queued = (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        (await App.As("centre").Act($"claims/{queued["id"]}", "return", new { reason = "接洽材料不全" })).Is(200);
        var paper = await Read(App.As("xiuzhou"), $"claims/{queued["id"]}/decision.docx");
        foreach (var told in new[] { "首报核定意见书", "排队中", "退回补正", "接洽材料不全", "秀洲" })
            paper.ShouldContain(told);
        paper.ShouldNotContain("南湖");
        (await App.As("xiuzhou").Downloads($"claims/{queued["id"]}/decision.pdf"))[..5].ShouldBe("%PDF-"u8.ToArray());
        (await App.As("nanhu").Get($"claims/{queued["id"]}/decision.pdf")).IsProblem(404, "not-found");
        (await App.As("nanhu").Get($"claims/{queued["id"]}/course")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task A_dispute_is_a_paper_for_each_side_with_what_it_may_know()
    {
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var queued = (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        var dispute = (
            await App.As("xiuzhou").Post($"claims/{queued["id"]}/disputes", new { grounds = "我们先到" })
        ).Is(201);
        var id = (string)dispute["id"]!;
        (await App.As("nanhu").Post($"disputes/{id}/answer", new { answer = "材料齐全" })).Is(200);
        (await Read(App.As("xiuzhou"), $"disputes/{id}/decision.docx")).ShouldContain("异议办理情况");
        (await App.As("centre").Post($"disputes/{id}/decide", new { outcome = "uphold", reason = "经核查属实" })).Is(
            200
        );
        var own = await Read(App.As("xiuzhou"), $"disputes/{id}/decision.docx");
        own.ShouldContain("异议处理决定书");
        own.ShouldContain("经核查属实");
        own.ShouldNotContain("材料齐全"); // what the other side answered is for the centre
        own.ShouldNotContain("南湖");
        (await Read(App.As("centre"), $"disputes/{id}/decision.docx")).ShouldContain("材料齐全");
    }

    [Test]
    public async Task A_signing_notice_and_a_transfer_are_the_forms_that_they_replace()
    {
        var held = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var notice = (
            await App.As("nanhu")
                .Post(
                    $"projects/{held["projectId"]}/signing-notices",
                    new
                    {
                        plannedSigningOn = "2026-05-20",
                        parties = "南湖区人民政府、上海甲公司",
                        agreedAmount = new { amount = 1_200_000_000, currency = "CNY" },
                    }
                )
        ).Is(201);
        var form = await Read(App.As("nanhu"), $"signing-notices/{notice["id"]}/form.docx");
        foreach (var told in new[] { "签约备案表", "南湖区人民政府、上海甲公司", "12 亿元", "2026年5月20日" })
            form.Replace(" ", "").ShouldContain(told.Replace(" ", ""));
        var small = (await App.As("nanhu").Post("projects", Given.Project("小厂", "小厂公司", 100_000_000m))).Is(201);
        var transfer = (
            await App.As("nanhu")
                .Post(
                    "transfers",
                    new
                    {
                        projectId = (string)small["id"]!,
                        toJurisdictionId = App.As("pinghu").UnitId,
                        reason = "更适合该地",
                    }
                )
        ).Is(201);
        foreach (var side in new[] { "nanhu", "pinghu", "centre" })
            (await Read(App.As(side), $"transfers/{transfer["id"]}/form.docx")).ShouldContain("更适合该地");
        (await App.As("jiashan").Get($"transfers/{transfer["id"]}/form.docx")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Texts_for_reasons_are_kept_once_by_kind_and_forgotten()
    {
        var centre = App.As("centre");
        var kept = (await centre.Post("reason-templates", new { kind = "claim", text = " 长期未推进 " })).Is(201);
        ((string)kept["text"]!).ShouldBe("长期未推进");
        (await centre.Post("reason-templates", new { kind = "claim", text = "长期未推进" })).IsProblem(
            409,
            "reason-known"
        );
        (await App.As("admin").Post("reason-templates", new { kind = "dispute", text = "长期未推进" })).Is(201);
        (await centre.Get("reason-templates?kind=claim"))["items"].AsArray().Count.ShouldBe(1);
        (await centre.Get("reason-templates"))["items"].AsArray().Count.ShouldBe(2);
        (await centre.Post("reason-templates", new { kind = "other", text = "x" })).IsProblem(400, "validation-failed");
        (await App.As("nanhu").Get("reason-templates")).IsProblem(403, "forbidden");
        (await centre.Send(HttpMethod.Delete, $"reason-templates/{kept["id"]}", null, ("If-Match", kept.ETag!))).Is(
            204
        );
        (await centre.Get("reason-templates?kind=claim"))["items"].AsArray().ShouldBeEmpty();
    }

    [TestCase("a.heic", "\0\0\0\u0018ftypheic\0\0\0\0mif1", 201)]
    [TestCase("a.heic", "\0\0\0\u0018ftypisom\0\0\0\0mif1", 400)]
    [TestCase("a.ofd", "PK no archive", 400)]
    public async Task A_picture_of_a_telephone_is_taken_by_what_its_bytes_show(string name, string bytes, int status)
    {
        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(bytes)), "file", name },
        };
        (await App.As("nanhu").Post("files", form)).Is(status);
    }

    [Test]
    public async Task An_OFD_document_is_an_archive_with_its_root()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry("OFD.xml");
        var form = new MultipartFormDataContent { { new ByteArrayContent(stream.ToArray()), "file", "协议.ofd" } };
        ((string)(await App.As("nanhu").Post("files", form)).Is(201)["contentType"]!).ShouldBe("application/ofd");
    }

    [Test]
    public async Task Who_is_told_that_a_report_waits_need_not_read_it_when_it_is_decided()
    {
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var report = (
            await App.As("xiuzhou")
                .Reports(Given.Project("储能系统研发中心", "上海远景氢动力装备有限公司", industry: "3849"))
        ).Is(201);
        async Task<int> Unread() =>
            (await App.As("centre2").Get("notices?unread=true"))["items"]
                .AsArray()
                .Count(notice => (string)notice!["kind"]! == "review-waiting");
        (await Unread()).ShouldBe(1);
        (
            await App.As("centre").Act($"claims/{report["id"]}", "resolve", new { decision = "same", reason = "同一" })
        ).Is(200);
        (await Unread()).ShouldBe(0);
    }
}
