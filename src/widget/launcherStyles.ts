/**
 * The look of the button and of the window's place on the page. `--lotse-abstand` moves it away from the edge.
 */
export const LAUNCHER_STYLES = `
:host{all:initial!important;position:static!important;display:block!important}
*{box-sizing:border-box}
[hidden]{display:none!important}
.frame{position:fixed;z-index:2147483000;inset-block-end:var(--lotse-abstand,16px);font:400 17px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif}
.right{right:var(--lotse-abstand,16px)}
.left{left:var(--lotse-abstand,16px)}
.launcher{font:inherit;font-weight:600;line-height:1.3;display:inline-flex;align-items:center;gap:.55em;min-height:56px;max-width:calc(100vw - 32px);padding:.6em 1.2em;border:2px solid var(--on-accent);border-radius:28px;background:var(--accent);color:var(--on-accent);cursor:pointer;box-shadow:0 2px 10px rgba(0,0,0,.35);text-align:start}
.launcher:hover span{text-decoration:underline}
.launcher:focus-visible{outline:3px solid var(--accent);outline-offset:3px;box-shadow:0 0 0 3px #fff}
.icon{width:1.5em;height:1.5em;flex:none;fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}
.panel{width:min(440px,calc(100vw - 32px));height:min(720px,calc(100vh - 48px));height:min(720px,calc(100dvh - 48px));border:1px solid #76828f;border-radius:12px;overflow:hidden;box-shadow:0 6px 30px rgba(0,0,0,.35);background:#fff}
@media(max-width:30em),(max-height:30em){.panel{position:fixed;inset:0;width:100%;height:100%;border:0;border-radius:0}}
@media(forced-colors:active){.launcher,.panel{border:2px solid ButtonText}}
@media print{.frame{display:none}}
`;
