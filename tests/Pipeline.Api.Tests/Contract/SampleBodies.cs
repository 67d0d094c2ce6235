using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>A body that is right for each operation which takes one, for the fuzzer to spoil. <c>number</c> makes names and codes differ.</summary>
internal sealed class SampleBodies(SampleCity city, IReadOnlyList<Operation> operations, JsonObject rules)
{
    private const string Reason = """{"reason":"情况变化"}""";

    public static async Task<SampleBodies> Of(PipelineApp app, SampleCity city, IReadOnlyList<Operation> operations) =>
        new(city, operations, (await app.As("admin").Get("rule-sets/current")).Is(200).Body!.AsObject());

    public JsonNode Json(Operation operation, int number) =>
        JsonNode.Parse(
            operation.Id switch
            {
                "signIn" => """{"username":"haining","password":"correct horse battery staple"}""",
                "registerProject" => Project(number, 5_000_000),
                "pushProjects" =>
                    $$"""{"items":[{"key":"1","op":"create","externalRef":{"system":"crm","id":"{{number}}"},"body":{{Project(number, 5_000_000)}} },{"key":"2","op":"update","id":"{{city.Free}}","ifMatch":"*","body":{"chain":"氢能"} }]}""",
                "pushCapital" =>
                    $$"""{"items":[{"key":"1","op":"create","externalRef":{"system":"erp","id":"{{number}}"},"body":{"projectId":"{{city.Free}}","occurredOn":"2026-05-04","amount":{"amount":1000000,"currency":"CNY"},"kind":"domestic-cash","voucherKind":"bank-slip","voucherNo":"P-{{number}}","files":["{{Id("downloadFile", SampleCity.Signed)}}"] } }]}""",
                "editProject" => Project(number, 900_000_000),
                "reportProject" =>
                    $$"""{"project":{{Project(number, 1_200_000_000)}},"contacts":[{"kind":"visit","occurredOn":"2026-04-20","note":"赴企业总部拜访","files":[]}]}""",
                "recordProgress" => """{"occurredOn":"2026-05-01","kind":"call","note":"电话沟通","files":[]}""",
                "submitMove" =>
                    $$"""{"to":"{{new[] { "signed", "registered", "started", "in-production", "terminated", "in-talks" }[number % 6]}}","occurredOn":"2026-05-04","reasonCode":"market","note":"情况说明","evidence":{{Evidence}}}""",
                "releaseClaim"
                or "withdrawClaim"
                or "revokeClaim"
                or "extendClaim"
                or "returnMove"
                or "withdrawDispute"
                or "suspendDisputedClaim"
                or "resumeDisputedClaim"
                or "declineTransfer"
                or "rejectTransfer"
                or "cancelSigningNotice"
                or "waiveSigningNotice"
                or "liftSigningFlag"
                or "returnCapital"
                or "reverseCapital"
                or "endCreditAgreement"
                or "reopenProblem"
                or "overrideProblem"
                or "confirmRemoval"
                or "cancelMeeting"
                or "dropAgendaItem"
                or "reopenAction"
                or "withdrawAction"
                or "keepProject"
                or "withdrawParcel"
                or "cancelEvent"
                or "retireFinancingNeed"
                or "declineOfficeLead"
                or "retireIndicator"
                or "reopenPeriod"
                or "supersedeBulletin"
                or "withdrawScoreModel"
                or "withdrawRuleSetDraft" => Reason,
                "draftLeaderBatch" or "editLeaderBatch" =>
                    $$"""{"links":[{"leaderId":"{{city.Named}}","projectId":"{{city.Free}}","role":"lead"}],"replacements":[],"closeOuts":[{"linkId":"{{city.Link}}","reason":"weak-intent"}]}""",
                "attachTolerancePaper" =>
                    $$"""{"kind":"risk-assessment","datedOn":"2026-04-01","supports":"terminated","note":"情况说明","files":["{{Id("downloadFile", SampleCity.Signed)}}"]}""",
                "makeCalendar" => """{"kinds":["claims","turns"],"alarm":"P1D"}""",
                "putPostedPeople" =>
                    $$"""{"heads":[{"leaderId":"{{city.Named}}","from":"2026-01-01","to":"2026-12-31"}],"officers":[{"name":"王专员{{number}}","postedTo":"上海","from":"2024-05-01","to":"2026-12-31"}]}""",
                "putElements" =>
                    """{"emissionNeed":1.5,"grants":[{"kind":"land","amount":66666.67,"grantedOn":"2026-04-01","provincialZone":true,"paper":"土地出让合同"}]}""",
                "addTeamMember" =>
                    $$"""{"name":"王专员{{number}}","role":"service","from":"2026-05-01","to":"2026-12-31"}""",
                "addParcel" or "editParcel" =>
                    $$"""{"jurisdictionId":"{{Id("getJurisdiction", SampleCity.Present)}}","place":"余新{{number}}地块","zone":"provincial","zoneName":"嘉兴科技城","areaM2":68507.52,"contiguousGroup":"余新北片","cleared":true,"use":"industrial","industryClasses":["38"],"minIntensity":{"amount":2500000,"currency":"CNY"},"minOutput":{"amount":3000000,"currency":"CNY"},"minTax":{"amount":150000,"currency":"CNY"},"from":"2026-09-01","pricePerMu":{"amount":300000,"currency":"CNY"},"note":"三通一平"}""",
                "addChain" or "editChain" =>
                    $$"""{"name":"产业链{{number}}","leaderId":"{{city.Named}}","departmentId":"{{city.Department}}","masters":["嘉兴储电科技有限公司"],"note":"重点产业链","active":true}""",
                "putChainNodes" =>
                    """{"nodes":[{"position":"up","name":"隔膜","state":"choke","industryClasses":["38"],"note":"依赖进口"}]}""",
                "reviewChain" => """{"reviewedOn":"2026-05-04","note":"已梳理短板"}""",
                "joinChainNode" => $$"""{"nodeId":"{{city.FreeNode}}"}""",
                "addEvent" or "editEvent" =>
                    $$"""{"organiserId":"{{Id("getJurisdiction", SampleCity.Present)}}","kind":"road-show","technology":true,"name":"路演{{number}}","startsOn":"2026-06-10","endsOn":"2026-06-11","place":"上海","participants":["嘉禾创投"],"note":"十个项目"}""",
                "addEventResult" or "editEventResult" =>
                    """{"kind":"project","title":"储能项目","carrier":"嘉兴科技城","person":"王专员"}""",
                "closeEventResult" => """{"outcome":"dropped","note":"企业放弃"}""",
                "addFinancingNeed" or "editFinancingNeed" =>
                    $$"""{"jurisdictionId":"{{Id("getJurisdiction", SampleCity.Present)}}","enterprise":"嘉兴储电科技有限公司","kind":"equity","stage":"growth","chain":"新能源","amount":{"amount":50000000,"currency":"CNY"},"validUntil":"2026-12-31","note":"扩产"}""",
                "proposeMatch" =>
                    $$"""{"needId":"{{Id("getFinancingNeed", SampleCity.Present)}}","partyId":"{{Id("getFund", SampleCity.Shown)}}","note":"路演后推荐"}""",
                "addOfficeLead" =>
                    $$"""{"officeId":"{{city.Office}}","title":"储能基地{{number}}","investor":"上海储电科技有限公司","content":"年产2GWh储能电池","scale":"总投资约5亿元","contacts":[{"name":"李总","phone":"021-5550123"}]}""",
                "answerOfficeLead" => """{"note":"已收悉"}""",
                "judgeOfficeLead" => """{"verdict":"invalid","reason":"投资方无此计划"}""",
                "assignOfficeLead" =>
                    $$"""{"jurisdictionId":"{{Id("getJurisdiction", SampleCity.Present)}}","note":"与南湖区产业方向一致"}""",
                "reportOfficeLead" => """{"note":"已拜访企业总部"}""",
                "closeOfficeLead" => """{"outcome":"ended","reason":"企业放弃"}""",
                "advanceMatch" => """{"to":"met","note":"已接洽"}""",
                "negotiateParcel" or "sellParcel" =>
                    $$"""{"projectId":"{{Id("getProject", operation.Id == "sellParcel" ? SampleCity.Signed : SampleCity.Talks)}}"}""",
                "endTeamMember" => """{"to":"2026-05-04","reason":"调离"}""",
                "raiseProblem" =>
                    $$"""{"title":"用地指标未落实","kind":"land","urgent":true,"blocks":"in-production","departmentId":"{{city.Department}}","dueOn":"2026-05-06"}""",
                "assignProblem" => $$"""{"departmentId":"{{city.Department}}","dueOn":"2026-05-20"}""",
                "answerProblem" => """{"text":"已办理","files":[]}""",
                "closeProblem" => """{"outcome":"已解决"}""",
                "submitFundInvestment" =>
                    """{"company":"微澜传感科技有限公司","uscc":"91330400MA2B8K1X0Q","investedIn":"local","investedOn":"2026-04-01","amount":{"amount":1000000,"currency":"CNY"},"evidence":"投资协议"}""",
                "returnFundInvestment" => Reason,
                "recordForeignEnterpriseVisit" =>
                    """{"visitedOn":"2026-04-20","outcome":"paid-in","note":"企业承诺年内到资"}""",
                "nameReferrer" => """{"name":"赵先生","kind":"person","declared":true}""",
                "confirmReferrer" => $$"""{"fileId":"{{Id("downloadFile", SampleCity.Signed)}}"}""",
                "changeProblemDue" => """{"dueOn":"2026-05-20","reason":"情况变化"}""",
                "planMeeting" or "editMeeting" =>
                    """{"kind":"fortnightly","heldOn":"2026-05-20","cutOffAt":"2026-05-04T01:00:00Z","chair":"王主任","startsAt":"09:30","place":"会议室","attendees":["各单位"]}""",
                "putAgendaItem" =>
                    $$"""{"title":"新议题","projectId":"{{city.Free}}","note":"请汇报","reason":"领导要求"}""",
                "recordMinutes" =>
                    $$"""{"decisions":[{"projectId":"{{city.Free}}","text":"落实用地","ownerId":"{{city.Department}}","dueOn":"2026-05-20"}],"attendees":["王主任"],"summary":"会议听取了汇报"}""",
                "draftBulletin" =>
                    """{"period":"2026-03","kind":"monthly","template":"league","note":"请各单位对照查找差距。","places":2}""",
                "completeAction" => """{"note":"已办理"}""",
                "changeActionDue" => """{"dueOn":"2026-05-20","reason":"情况变化"}""",
                "submitCapital" =>
                    $$"""{"occurredOn":"2026-05-04","amount":{"amount":1000000,"currency":"CNY"},"kind":"domestic-cash","voucherKind":"bank-slip","voucherNo":"V-{{number}}","files":["{{Id("downloadFile", SampleCity.Signed)}}"]}""",
                "verifyCapitalBatch" => $$"""{"ids":["{{Id("getCapital", SampleCity.Paid)}}"]}""",
                "draftIndicator" or "editIndicator" =>
                    $$"""{"id":"{{(operation.Id == "editIndicator" ? "large-foreign" : $"sample-{number}")}}","name":"外资大项目","nameEn":"Large foreign projects","unit":"projects","source":"credit","filter":"kind = signed and foreign","aggregate":"count","view":"period","direction":"up","brackets":{"limits":[{"amount":1000000000,"currency":"CNY"}],"mode":"nested"} }""",
                "tryIndicator" =>
                    """{"definition":{"id":"sample","name":"外资大项目","unit":"projects","source":"credit","filter":"kind = signed and foreign"},"period":"2026"}""",
                "draftScoreModel" or "editScoreModel" => Pipeline.Store.Json.Write(
                    Given.ScoreModel(Id("getJurisdiction", SampleCity.Present))
                ),
                "rehearseScoreModel" => """{"year":2026}""",
                "giveScoreMark" => """{"mark":12.5,"reason":"年终测评"}""",
                "putIndicatorValue" => """{"value":12.5,"source":"统计月报"}""",
                "putTarget" => """{"value":25,"binding":true,"reason":"年度目标责任书"}""",
                "publishTargets" => """{"year":2026}""",
                "putFixedInvestment" => """{"amount":{"amount":1000000,"currency":"CNY"},"source":"统计年报"}""",
                "proposeCreditAgreement" =>
                    $$"""{"shares":[{"jurisdictionId":"{{Id("getJurisdiction", SampleCity.Present)}}","bp":6000},{"jurisdictionId":"{{city.Receiver}}","bp":4000}],"indicators":["projects-registered"],"years":5,"fileId":"{{Id("downloadFile", SampleCity.Signed)}}"}""",
                "correctLanding" => $$"""{"jurisdictionId":"{{city.Receiver}}","reason":"实际落户于该地"}""",
                "offerProject" => $$"""{"projectId":"{{city.Free}}"}""",
                "proposeMarketOffer" => $$"""{"toJurisdictionId":"{{city.Receiver}}","reason":"更适合该地"}""",
                "proposeTransfer" =>
                    $$"""{"projectId":"{{city.Free}}","toJurisdictionId":"{{city.Receiver}}","reason":"更适合该地"}""",
                "fileSigningNotice" or "editSigningNotice" =>
                    """{"plannedSigningOn":"2026-05-20","parties":"甲、乙","agreedAmount":{"amount":1,"currency":"CNY"},"place":"市会展中心","leadersWanted":["分管市领导"]}""",
                "fileDispute" => """{"grounds":"我们先到","files":[]}""",
                "answerDispute" => """{"answer":"材料齐全","files":[]}""",
                "appealDispute" => """{"grounds":"认定有误"}""",
                "decideDispute" =>
                    $$"""{"outcome":"{{new[] { "uphold", "reassign", "co-negotiate", "revoke" }[number % 4]}}","reason":"经核查","falseReport":{{(number % 4 is 1 or 3 ? "true" : "false")}}}""",
                "putWorkCalendar" => """{"holidays":["2026-01-01"],"workdays":["2026-01-04"]}""",
                "returnClaim" => """{"reason":"材料不全","missing":["盖章的投资意向书"]}""",
                "resubmitClaim" =>
                    $$"""{"project":{{Project(number, 1_200_000_000)}},"contacts":[{"kind":"letter","occurredOn":"2026-04-20","note":"补充意向书","files":[]}]}""",
                "resolveClaim" =>
                    $$"""{"decision":"same","projectId":"{{Id("getProject", SampleCity.Talks)}}","reason":"同一项目"}""",
                "createJurisdiction" or "editJurisdiction" =>
                    $$"""{"code":"zone-{{number}}","name":"第{{number}}园区","nameEn":"Zone {{number}}","kind":"zone","parentId":"{{Id("getJurisdiction", SampleCity.Present)}}","reports":true,"provincialZone":true,"active":true,"aliases":["{{number}}园"]}""",
                "createRuleSet" or "editRuleSet" or "draftRuleSet" or "editRuleSetDraft" => RuleSet(operation, number),
                "changePassword" =>
                    """{"currentPassword":"correct horse battery staple","newPassword":"ein ganz anderes wort"}""",
                "beginSecondFactor" or "removeSecondFactor" => """{"password":"correct horse battery staple"}""",
                "confirmSecondFactor" => """{"code":"123456"}""",
                "checkSetUpLink" => """{"token":"0123456789abcdef"}""",
                "setUpPassword" => """{"token":"0123456789abcdef","password":"ein ganz anderes wort"}""",
                "createUser" =>
                    $$"""{"username":"person{{number}}","displayName":"某{{number}}","email":"p{{number}}@example.cn","role":"officer","jurisdictionId":"{{Id("getJurisdiction", SampleCity.Present)}}","active":true,"password":"ein ganz anderes wort"}""",
                "editUser" => """{"displayName":"某人","email":"p@example.cn","active":true}""",
                "createApiKey" or "editApiKey" =>
                    $$"""{"name":"系统{{number}}","scopes":["projects:read"],"jurisdictionId":"{{Id("getJurisdiction", SampleCity.Present)}}","expiresAt":"2030-01-01T00:00:00Z"}""",
                "createWebhook" or "editWebhook" => """{"url":"https://127.0.0.1:9/hook","types":["project.*"]}""",
                "rotateWebhookSecret" => """{"overlap":"P1D"}""",
                "replayWebhook" => """{"since":"2026-05-04T00:00:00Z"}""",
                "moveDemoClock" => """{"by":"P1M"}""",
                "rotateApiKey" => """{"overlap":"P7D"}""",
                "revokeApiKey" => Reason,
                "readNotices" => $$"""{"upTo":"{{Id("readNotice", SampleCity.Present)}}"}""",
                "putNoticeSettings" =>
                    """{"address":"wang@example.cn","language":"en","muted":["queue-moved"],"digestHour":8,"quietFrom":"21:00","quietTo":"07:30"}""",
                "parseRow" => """{"text":"项目名称\t投资方\t总投资\n甲园\t乙公司\t3亿元"}""",
                "correctCells" => """{"items":[{"rowNumber":2,"column":"投资方","text":"甲公司"}]}""",
                "rerunImport" => """{"dryRun":true,"mode":"rowwise","mapping":{"项目名称":"name"}}""",
                "undoImport" or "undoRecordImport" => Reason,
                "decideUpdates" => """{"items":[{"rowNumber":2,"decision":"accept","fields":["chain"]}]}""",
                "createView" or "editView" =>
                    """{"name":"本月签约","page":"lists","query":"view=table&stage=signed","columns":["*name","total-investment"],"shared":false}""",
                "createReasonTemplate" => $$"""{"kind":"claim","text":"第{{number}}条理由"}""",
                "createFirmAlias" =>
                    $$"""{"name":"Robert Muster {{number}} GmbH","otherName":"罗伯特穆斯特{{number}}号投资有限公司"}""",
                "exportPersonalData" => """{"value":"quoll"}""",
                "erasePersonalData" =>
                    """{"value":"nobody of that name","reason":"本人要求","records":["0123456789abcdef0123456789abcdef"]}""",
                ['r', 'e', 't', 'i', 'r', 'e', ..] when SampleLibraries.Of(operation.Id) is not null => Reason,
                ['p', 'u', 's', 'h', ..] when SampleLibraries.Of(operation.Id) is { } library =>
                    $$"""{"items":[{"key":"1","op":"create","externalRef":{"system":"crm","id":"{{number}}"},"body":{{Entry(library, number)}} }]}""",
                _ when SampleLibraries.Of(operation.Id) is { } library => Entry(library, number),
                _ => throw new AssertionException(
                    $"{operation} takes a body that SampleBodies has no example of: add a right one."
                ),
            }
        )!;

    /// <summary>A form with a file in it.</summary>
    public static HttpContent Form(Operation operation, byte[]? content, string? name)
    {
        var register = operation.Id is "importRegister" or "importRecords";
        var file = new ByteArrayContent(
            content
                ?? (
                    operation.Id == "importRecords"
                        ? "项目编号,到账日期,金额,出资方式,凭证种类,凭证编号\r\n2026-999999,2026-05-04,100,现金,银行回单,S-1\r\n"u8.ToArray()
                    : register ? "项目名称,投资方,总投资\r\n甲园,乙公司,3亿元\r\n"u8.ToArray()
                    : "%PDF-1.4"u8.ToArray()
                )
        );
        file.Headers.TryAddWithoutValidation(
            "Content-Disposition",
            $"form-data; name=\"file\"; filename=\"{name ?? (register ? "台账.csv" : "evidence.pdf")}\""
        );
        var form = new MultipartFormDataContent("limit") { file };
        if (operation.Id == "importRecords")
            form.Add(new StringContent("capital"), "kind");
        return form;
    }

    private string Id(string operation, string situation) =>
        city.Records(operations.Single(known => known.Id == operation))[situation];

    private string RuleSet(Operation operation, int number)
    {
        var members = operation.Schemas["RuleSetBody"]!["properties"]!
            .AsObject()
            .Select(property => property.Key)
            .ToHashSet();
        var body = new JsonObject(
            rules
                .Where(member => members.Contains(member.Key))
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
        )
        {
            ["effectiveFrom"] = $"{2027 + (number % 49)}-01-01",
        };
        return body.ToJsonString();
    }

    private static string Entry(SampleLibraries.Sample library, int number) =>
        SampleLibraries.Body(library, $"{(char)('丁' + (number * 97))}某{number}号机构").ToJsonString();

    private static string Project(int number, long amount)
    {
        var name = new StringBuilder();
        for (var rest = number + 1; rest > 0; rest /= 40)
            name.Append((char)('丁' + (rest % 40 * 97)));
        return JsonSerializer.Serialize(
            new
            {
                name = $"{name}产业基地",
                nationalCode = $"2026-{330402 + number:000000}-04-01-{number:000000}",
                secret = number % 7 == 0,
                investors = new[]
                {
                    new
                    {
                        name = $"{name}控股有限公司",
                        uscc = "91330400MA2B8K1X0Q",
                        country = "CN",
                        groupParent = $"{name}集团",
                        fortune500 = true,
                        china500 = true,
                        listed = false,
                        centralSoe = false,
                        specialised = true,
                        primary = true,
                    },
                },
                totalInvestment = new { amount, currency = "CNY" },
                fixedInvestment = new { amount = amount / 2, currency = "CNY" },
                foreignCapital = new { amount = 1, currency = "USD" },
                industryCode = $"{1310 + (number % 3000)}",
                chain = "氢能",
                buildKind = "new",
                landingPlace = new { text = "余新镇" },
                provincialZone = true,
                landMu = 12.5,
                energyTce = 100,
                jobs = 30,
                annualOutput = new { amount = 1, currency = "CNY" },
                annualTax = new { amount = 1, currency = "CNY" },
                contacts = new[]
                {
                    new
                    {
                        name = "王",
                        phone = "1",
                        email = "a@b.cn",
                        title = "总",
                    },
                },
                referrer = "李",
                channel = "fund",
                firstContactOn = "2026-01-05",
                plannedSigningOn = "2026-06-01",
                plannedStartOn = "2026-07-01",
                plannedProductionOn = "2027-07-01",
            }
        );
    }

    private const string Evidence = """
        {"agreementKind":"formal","agreementNo":"A-1","parties":"甲、乙","agreedAmount":{"amount":1,"currency":"CNY"},"signedOn":"2026-05-04","uscc":"91330400MA2B8K1X0Q","registeredOn":"2026-05-04",
         "filingCode":"F-1","filedOn":"2026-05-04","permitNo":"P-1","permittedOn":"2026-05-04","equipmentContractNo":"E-1","installedOn":"2026-05-04","photoOn":"2026-05-04","acceptedOn":"2026-05-04","firstInvoiceOn":"2026-05-04","files":[]}
        """;
}
