/** Getting in, and the own account. */
const access = {
  access: {
    codeTitle: '两步验证', codeText: '密码正确。请打开手机上的身份验证器，输入当前显示的六位验证码。', code: '验证码', codeRequired: '请输入验证码', recoveryText: '请输入一个尚未用过的恢复码。', recoveryCode: '恢复码', useRecovery: '手机不在身边？改用恢复码', useCode: '改用验证码',
    confirm: '验证并登录', back: '返回上一步', or: '或', singleSignOn: '单点登录', signingOn: '正在进入…', passwordSet: '密码已设置，请登录。',
    signOnProblem: {
      'sign-on-refused': { title: '单点登录未成功', text: '身份提供方未确认您的身份，请重试；如果多次失败，请联系管理员。' },
      'sign-on-expired': { title: '登录已超时', text: '登录过程超过十分钟，或在另一窗口中开始。请重新登录。' },
      'sign-on-unavailable': { title: '暂时无法单点登录', text: '身份提供方暂时没有响应。请稍后再试，也可以使用用户名和密码登录。' },
      'sign-on-unknown-user': { title: '没有对应的账号', text: '您的身份已确认，但本系统中没有对应的在用账号。请联系管理员开通账号。' },
      'sign-on-no-role': { title: '没有角色', text: '您的身份已确认，但没有分配本系统的角色或单位。请联系管理员。' },
    },
  },
  password: {
    current: '当前密码', currentRequired: '请输入当前密码', next: '新密码', nextRequired: '请输入新密码', again: '再次输入新密码', againRequired: '请再次输入新密码', differ: '两次输入的密码不一致', short: '至少 {{n}} 个字符，现在是 {{now}} 个',
    hint: '至少 {{n}} 个字符。不要求大小写或符号，几个词连起来更长也更好记；不能用常见密码，也不能包含用户名。', show: '显示密码', change: '修改密码', changed: '密码已修改，其他设备上的登录已结束', others: '修改后，您在其他设备上的登录会立即结束。', none: '您通过单点登录进入，本系统没有您的密码。',
  },
  setUp: {
    title: '设置密码', for: '账号', name: '姓名', until: '链接有效至', once: '链接只能使用一次。', submit: '设置密码', invalidTitle: '链接无效', invalidText: '链接可能已用过、已过期，或已被新链接取代。', invalidNext: '请联系管理员，重新发送设置密码的链接。如果已经设置过密码，请直接登录。', toSignIn: '去登录',
    noToken: '请打开管理员发给您的完整链接。',
  },
  firstStep: {
    'password-change-required': { title: '请先修改密码', text: '您的初始密码由他人设置。修改后即可使用系统。' },
    'second-factor-set-up-required': { title: '请先设置两步验证', text: '按规定，您的角色登录时须使用手机上的身份验证器。设置完成后即可使用系统。' },
    other: { title: '还差一步', text: '使用系统之前还有一项须完成：{{step}}。请联系管理员。' },
  },
  account: {
    title: '我的账号', menu: '账号菜单', lead: '{{name}}，用户名 {{username}}', passwordTitle: '密码', factorTitle: '两步验证', factorOn: '已启用', factorOff: '未启用', factorOnText: '登录时除密码外，还须输入身份验证器上的六位验证码。', factorOffText: '启用后，登录时除密码外，还须输入手机上身份验证器显示的六位验证码。即使密码泄露，他人也无法登录。',
    setUp: '设置两步验证', remove: '移除两步验证', removeText: '移除后，登录只需密码。更换手机时，先移除，再用新手机重新设置。', removed: '两步验证已移除', confirmRemove: '确认移除', sessionsTitle: '登录中的设备', sessionsLead: '不认识的设备，请立即结束，并修改密码。',
  },
  factor: {
    step1: '输入密码', step2: '添加到手机', step3: '保存恢复码', password: '请再输入一次密码', next: '下一步', scan: '用手机上的身份验证器扫描二维码', scanHint: '任何支持 TOTP 的身份验证器都可以。', qr: '两步验证二维码', orType: '不能扫描时，手动输入密钥', secret: '密钥', code: '验证器显示的六位验证码', confirm: '启用',
    recoveryText: '手机不在身边时，可用恢复码登录，每个只能用一次。它们只显示这一次，请打印或抄下，妥善保管，不要与手机放在一起。', recoveryCodes: '恢复码', kept: '我已保存好', print: '打印', printTitle: '{{name}}的恢复码（{{username}}）', done: '两步验证已启用',
  },
  once: { copy: '复制', copied: '已复制' },
  session: {
    current: '本次登录', unknownClient: '未知设备', address: '地址', started: '登录时间', seen: '最近使用', method: '方式', methods: { password: '密码', oidc: '单点登录' }, end: '结束', endOf: '结束登录：{{client}}', endText: '该设备须重新登录才能继续使用。', endCurrentText: '这是您本次的登录，结束后会回到登录页。', confirmEnd: '结束登录', ended: '登录已结束', empty: '没有登录中的设备',
  },
  stale: { title: '您编辑期间，他人已作修改', text: '您填写的内容都还在。请核对后再保存一次。', again: '已取到最新内容，请核对后再试一次。' },
};

export type AccessTexts = typeof access;
export default access;
