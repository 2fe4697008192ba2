/**
 * The look of the chat window. Everything is reset first, so that no rule of the page reaches in; sizes follow the person's own text size.
 */
export const CHAT_STYLES = `
:host{all:initial!important;display:block!important;height:100%!important;contain:content}
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
.chat{
--surface:#fff;--soft:#eef2f6;--ink:#151c24;--muted:#4a5663;--line:#76828f;--hair:#d3dae1;--tone:var(--accent-on-light);
--warn-bg:#fff4d6;--warn-ink:#5c3d00;--help-bg:#fde8e6;--help-ink:#8a1410;--bad:#b3140f;
color-scheme:light;color:var(--ink);background:var(--surface);
font:400 calc(17px * var(--text-size,1))/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;
display:flex;flex-direction:column;height:100%;min-height:0;overflow:hidden;overflow-wrap:anywhere;-webkit-text-size-adjust:100%;text-align:start}
@media(prefers-color-scheme:dark){.chat{
--surface:#1d242c;--soft:#2a333d;--ink:#eef2f6;--muted:#b9c4cf;--line:#8d99a6;--hair:#3d4854;--tone:var(--accent-on-dark);
--warn-bg:#3d3112;--warn-ink:#ffe3a1;--help-bg:#46201e;--help-ink:#ffc9c4;--bad:#ff9c94;color-scheme:dark}}
h2,h3,h4,h5,p,ul,ol,dl,dd{margin:0;padding:0}
h2,h3,h4,h5{font-weight:600;line-height:1.3}
ol{list-style:none}
a{color:var(--tone);text-decoration:underline;text-underline-offset:.15em}
a:hover{text-decoration-thickness:.14em}
:focus-visible{outline:3px solid var(--tone);outline-offset:2px;border-radius:4px}
button,textarea{font:inherit;color:inherit;letter-spacing:inherit}
button{min-height:44px;min-width:44px;padding:.35em .9em;border:1px solid var(--line);border-radius:8px;background:var(--surface);cursor:pointer;display:inline-flex;align-items:center;gap:.45em;text-align:start;line-height:1.3}
button:hover{background:var(--soft)}
button[aria-pressed=true]{border-color:var(--tone);box-shadow:inset 0 0 0 1px var(--tone);font-weight:600}
button[aria-pressed=true]:not(.switch)::before{content:"✓"}
.main{background:var(--accent);color:var(--on-accent);border-color:var(--accent)}
.main:hover{background:var(--accent);text-decoration:underline}
.icon{width:1.25em;height:1.25em;flex:none;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
a .icon{width:.85em;height:.85em;margin-inline-start:.2em;vertical-align:-.08em}
.hidden{position:absolute!important;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
header{display:flex;align-items:center;gap:.6em;padding:.5em .5em .5em 1em;padding-inline:1em .5em;background:var(--accent);color:var(--on-accent);min-height:56px}
header img{max-height:2.2em;max-width:7em;background:#fff;border-radius:4px;padding:2px}
header h2{flex:1;font-size:1.12em}
header :focus-visible{outline-color:var(--on-accent)}
header h2:focus{outline:none}
.inline header{position:absolute;width:1px;height:1px;min-height:0;padding:0;overflow:hidden;clip-path:inset(50%)}
.close{background:transparent;border-color:transparent;padding:.5em;justify-content:center}
.close:hover{background:transparent;border-color:currentColor}
.bar{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .5em;padding:.15em .5em;border-bottom:1px solid var(--hair)}
.quiet{border-color:transparent;font-size:.94em;padding:.3em .5em}
.switch[aria-pressed=true]{border-color:transparent;box-shadow:none}
.knob{width:2.3em;height:1.3em;border:2px solid var(--line);border-radius:1em;position:relative;flex:none}
.knob::after{content:"";position:absolute;top:.12em;inset-inline-start:.15em;width:.8em;height:.8em;border-radius:50%;background:var(--line)}
.switch[aria-pressed=true] .knob{background:var(--tone);border-color:var(--tone)}
.switch[aria-pressed=true] .knob::after{inset-inline-start:auto;inset-inline-end:.15em;background:var(--surface)}
.settings{padding:.8em 1em;border-bottom:1px solid var(--hair);background:var(--soft);display:grid;gap:.8em;max-height:55%;overflow:auto;flex:none}
.settings .group p{font-weight:600;margin-bottom:.25em}
.row{display:flex;flex-wrap:wrap;gap:.5em;align-items:center}
.status:empty{display:none}
.status{padding:.6em 1em;background:var(--warn-bg);color:var(--warn-ink);border-bottom:1px solid var(--hair)}
.log{flex:1 1 auto;min-height:0;overflow:auto;padding:1em;overscroll-behavior:contain;scroll-padding:1em}
.log:focus-visible{outline-offset:-3px}
.messages>li{margin-bottom:1.3em}
.messages h3{font-size:.86em;color:var(--muted);margin-bottom:.25em}
.time{font-weight:400;margin-inline-start:.6em;display:inline-block}
.person{display:flex;flex-direction:column;align-items:flex-end;padding-inline-start:12%}
.said{background:var(--soft);border:1px solid var(--hair);border-radius:12px;border-end-end-radius:3px;padding:.55em .85em;white-space:pre-wrap}
.state{font-size:.86em;color:var(--muted);margin-top:.25em;display:flex;align-items:center;gap:.5em}
.refused .state{color:var(--bad);font-weight:600}
.greeting,.renewed{color:var(--muted);border-bottom:1px solid var(--hair);padding-bottom:.8em}
.body{border-inline-start:3px solid var(--tone);padding-inline-start:.9em}
.body>*+*{margin-top:.75em}
.body h4{font-size:1.06em}
.text>*+*,.notice>*+*,.event>*+*,details>.text{margin-top:.6em}
.body ul{padding-inline-start:1.25em;list-style:disc}
.body li+li{margin-top:.25em}
.body .events,.body .links,.body .provenance ul{list-style:none;padding:0}
.links a{display:inline-flex;align-items:center;min-height:44px;font-weight:600}
.notice{border:1px solid var(--hair);border-inline-start:5px solid var(--tone);border-radius:6px;padding:.6em .8em;background:var(--soft)}
.notice.warning{background:var(--warn-bg);color:var(--warn-ink);border-inline-start-color:currentColor}
.notice.help{background:var(--help-bg);color:var(--help-ink);border-inline-start-color:currentColor;font-size:1.03em}
.notice.warning a,.notice.help a{color:inherit}
.notice .tone{font-weight:700}
.notice.help a{display:inline-block;padding:.35em 0}
details{border:1px solid var(--hair);border-radius:6px;padding:0 .8em}
summary{min-height:44px;display:flex;align-items:center;gap:.5em;cursor:pointer;font-weight:600;color:var(--tone);list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:"";border:solid currentColor;border-width:0 .14em .14em 0;width:.42em;height:.42em;transform:rotate(45deg);flex:none;margin-inline:.15em .3em;margin-top:-.2em}
details[open] summary::before{transform:rotate(-135deg);margin-top:.2em}
details[open]{padding-bottom:.7em}
.event{border:1px solid var(--hair);border-radius:8px;padding:.8em}
.events li+li{margin-top:.8em}
.event h5{font-size:1em;display:flex;flex-wrap:wrap;gap:.3em .6em;align-items:center}
.badge{font-size:.8em;font-weight:600;border:1px solid var(--line);border-radius:1em;padding:0 .6em;color:var(--muted)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em .8em}
dt{font-weight:600}
.provenance{font-size:.9em;color:var(--muted)}
.body>.provenance{border-top:1px solid var(--hair);padding-top:.5em}
.provenance a{display:inline-block;padding:.2em 0;color:inherit}
.actions,.rating{display:flex;flex-wrap:wrap;align-items:center;gap:.3em .4em;margin-top:.5em;padding-inline-start:calc(.9em + 3px)}
.rating p{font-size:.94em}
.small{font-size:.9em;padding:.25em .7em;border-color:var(--hair)}
.small:hover{border-color:var(--line)}
.rating .small{border-color:var(--line)}
.typing{color:var(--muted);display:flex;align-items:center;gap:.6em;margin-bottom:1em}
.dots{display:inline-flex;gap:.25em}
.dots i{width:.45em;height:.45em;border-radius:50%;background:currentColor;animation:blink 1.2s infinite}
.dots i:nth-child(2){animation-delay:.2s}.dots i:nth-child(3){animation-delay:.4s}
@keyframes blink{0%,80%,100%{opacity:.25}40%{opacity:1}}
.choices{display:flex;flex-wrap:wrap;gap:.5em}
.choice{border-color:var(--tone);color:var(--tone);border-radius:22px;font-weight:600}
.below{align-self:center;margin:-3.4em 0 .5em;border-radius:22px;background:var(--accent);color:var(--on-accent);border-color:var(--on-accent);position:relative}
.below:hover{background:var(--accent);text-decoration:underline}
.bottom{border-top:1px solid var(--hair);padding:.7em 1em .5em}
.line{display:flex;gap:.5em;align-items:flex-end}
textarea{flex:1;min-width:0;min-height:48px;max-height:8.5em;resize:none;padding:.6em .75em;border:2px solid var(--line);border-radius:8px;background:var(--surface);line-height:1.4;overflow:auto}
textarea:focus-visible{border-color:var(--tone);outline-offset:-2px;border-radius:8px}
textarea::placeholder{color:var(--muted);opacity:1}
textarea[aria-invalid=true]{border-color:var(--bad)}
.send{min-height:48px}
.send .icon{display:none}
[dir=rtl] .send .icon{transform:scaleX(-1)}
.error{color:var(--bad);font-weight:600}
.error:not(:empty),.count:not(:empty){margin-top:.35em}
.count{font-size:.88em;color:var(--muted)}
.personal{border:2px solid var(--line);border-inline-start:6px solid var(--warn-ink);background:var(--warn-bg);color:var(--warn-ink);border-radius:8px;padding:.8em;margin-bottom:.7em;display:grid;gap:.5em}
.personal h3{font-size:1em}
.personal .masked{background:var(--surface);color:var(--ink);border-radius:6px;padding:.4em .6em}
.personal button:not(.main){background:var(--surface);color:var(--ink)}
footer{font-size:.84em;color:var(--muted);padding:0 1em .6em;display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1em}
footer a{color:inherit;display:inline-block;padding:.2em 0;min-height:24px}
@media(max-width:24em){.send span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.send .icon{display:block}.send{padding:.5em;justify-content:center;width:48px}.log,.bottom{padding-inline:.75em}.person{padding-inline-start:6%}.bar{flex-wrap:nowrap;gap:0;padding-inline:.2em}.bar .quiet{font-size:.86em;padding-inline:.35em;gap:.35em}footer{font-size:.78em;padding-inline:.95em}}
@media(max-height:30em){.chat{overflow:auto}.log{overflow:visible;flex:none;min-height:0}.settings{max-height:none}.bottom{background:var(--surface)}}
@media(prefers-reduced-motion:reduce){*,*::before,*::after{animation:none!important;transition:none!important}}
@media(forced-colors:active){.main,.choice,header,.below{border:1px solid ButtonText}.switch[aria-pressed=true] .knob{background:Highlight;forced-color-adjust:none}.switch[aria-pressed=true] .knob::after{background:HighlightText}.knob::after,.dots i{background:ButtonText;forced-color-adjust:none}.body{border-inline-start-color:CanvasText}textarea[aria-invalid=true]{outline:2px solid}.badge,.notice,.event{border-color:CanvasText}}
@media print{.chat{overflow:visible;height:auto}.bottom,.bar,.actions,.rating,.choices,footer{display:none}}
`;
