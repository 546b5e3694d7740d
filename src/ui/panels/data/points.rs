//! The plane on which the learner draws points, with mouse, finger or keys.
//!
//! Each stroke is one change of the data; until there are enough points, nothing of the running experiment changes.
//! Not responsible for how points are stored (`spec::data`).

use crate::i18n::{Lang, data as words};
use crate::spec::DataSpec;
use crate::spec::data::{MAX_POINTS, MIN_POINTS};
use crate::ui::drawing::{Drawing, Tool};
use crate::ui::form::NumberField;
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::plots::color;
use crate::ui::sketch;
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use web_sys::Element;
use yew::prelude::*;

/// Properties of [`PointsEditor`].
#[derive(Clone, PartialEq, Properties)]
pub struct PointsProps {
    /// Language.
    pub lang: Lang,
    /// The drawn data: the experiment's own if its set is `points`, else an empty start.
    pub data: DataSpec,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// What happens on the plane.
pub enum PointsMsg {
    /// The pointer goes down at this place.
    Down(f32, f32),
    /// It moves while down.
    Move(f32, f32),
    /// It goes up: the stroke is finished.
    Up,
    /// An arrow key moves the cursor.
    Step(f32, f32),
    /// Enter puts a point, Delete erases, at the cursor.
    Key(Tool),
    /// Another tool.
    Tool(Tool),
    /// Another brush.
    Brush(f32),
    /// Take the last stroke back.
    Undo,
    /// Remove everything.
    Clear,
    /// The plane has lost the keyboard.
    Left,
}

/// See the module.
pub struct PointsEditor {
    drawing: Drawing,
    tool: Tool,
    brush: f32,
    down: bool,
    /// Whether keys were used last, so that the cursor is shown.
    keys: bool,
    plane: NodeRef,
}

/// How far an arrow key moves.
const STEP: f32 = 0.05;

impl PointsEditor {
    fn classes(ctx: &Context<Self>) -> usize {
        let data = &ctx.props().data;
        data.classes.or_else(|| data.set_info().map(|s| s.classes)).unwrap_or(2)
    }

    /// Hands the finished stroke over.
    fn hand_over(&self, ctx: &Context<Self>) {
        let points = self.drawing.points();
        if points.len() >= MIN_POINTS && ctx.props().data.points.as_deref() != Some(points) {
            let data = DataSpec { points: Some(points.to_vec()), ..ctx.props().data.clone() };
            ctx.props().emit.emit(Msg::Edit(EditMsg::Data(data)));
        }
    }

    fn view_plane(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let place = |node: &NodeRef, e: &PointerEvent| at(node, e);
        let (n1, n2) = (self.plane.clone(), self.plane.clone());
        let onpointerdown = link.batch_callback(move |e: PointerEvent| {
            if let Some(plane) = n1.cast::<Element>() {
                // Without the capture a stroke would break at the edge; a browser that refuses it loses only that.
                let _ = plane.set_pointer_capture(e.pointer_id());
            }
            place(&n1, &e).map(|(x, y)| PointsMsg::Down(x, y))
        });
        let onpointermove =
            link.batch_callback(move |e: PointerEvent| place(&n2, &e).map(|(x, y)| PointsMsg::Move(x, y)));
        let onkeydown = link.batch_callback(|e: KeyboardEvent| {
            let msg = key(&e.key())?;
            e.prevent_default();
            Some(msg)
        });
        let points = self.drawing.points().iter().map(|p| (p[0], p[1], p[2] as usize));
        let side = sketch::SIDE;
        html! {
            <svg ref={self.plane.clone()} class="points-plane" viewBox={format!("0 0 {side} {side}")} tabindex="0"
                role="application" aria-label={words::PLANE.get(ctx.props().lang)} data-testid={testid::POINTS_PLANE}
                {onpointerdown} {onpointermove} onpointerup={link.callback(|_: PointerEvent| PointsMsg::Up)}
                onpointercancel={link.callback(|_: PointerEvent| PointsMsg::Up)} {onkeydown}
                onblur={link.callback(|_| PointsMsg::Left)}>
                <path class="points-axes" d={format!("M{0} 0V{side}M0 {0}H{side}", side / 2.0)} />
                { for sketch::marks(points).iter().map(|m| html! {
                    <path class="points-dots" d={m.path.clone()} stroke={color::hex(m.color)} />
                }) }
                { self.keys.then(|| self.view_cursor()) }
            </svg>
        }
    }

    fn view_cursor(&self) -> Html {
        let (x, y) = self.drawing.cursor;
        let (x, y) = (sketch::place(x), sketch::place(-y));
        html! { <path class="points-cursor" d={format!("M{} {y}H{}M{x} {}V{}", x - 2.0, x + 2.0, y - 2.0, y + 2.0)} /> }
    }

    fn view_tools(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let link = ctx.link();
        let class_button = |class: usize| {
            let onclick = link.callback(move |_: MouseEvent| PointsMsg::Tool(Tool::Draw(class)));
            let style = format!("--swatch:{}", color::hex(color::class(class)));
            let label = format!("{} {class}", words::CLASS.get(lang));
            html! {
                <button type="button" class="swatch" {style} title={label.clone()} aria-label={label} {onclick}
                    aria-pressed={(self.tool == Tool::Draw(class)).to_string()} data-testid={testid::points_class(class)} />
            }
        };
        let quiet = |id: &'static str, label: &'static str, pressed: Option<bool>, msg: fn() -> PointsMsg| {
            let onclick = link.callback(move |_: MouseEvent| msg());
            html! {
                <button type="button" class="quiet" aria-pressed={pressed.map(|p| p.to_string())} data-testid={id} {onclick}>
                    { label }
                </button>
            }
        };
        html! {
            <div class="points-tools">
                <span class="swatches" role="group" aria-label={words::CLASS.get(lang)}>
                    { for (0..Self::classes(ctx)).map(class_button) }
                </span>
                { quiet(testid::POINTS_ERASE, words::ERASE.get(lang), Some(self.tool == Tool::Erase), || PointsMsg::Tool(Tool::Erase)) }
                { quiet(testid::POINTS_UNDO, words::UNDO.get(lang), None, || PointsMsg::Undo) }
                { quiet(testid::POINTS_CLEAR, words::CLEAR.get(lang), None, || PointsMsg::Clear) }
            </div>
        }
    }

    fn view_count(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let n = self.drawing.points().len();
        let count = words::DRAWN.with(lang, &[("n", &n.to_string())]);
        let hint = if n < MIN_POINTS {
            words::MORE_POINTS.with(lang, &[("min", &MIN_POINTS.to_string())])
        } else if n >= MAX_POINTS {
            words::POINTS_FULL.with(lang, &[("max", &MAX_POINTS.to_string())])
        } else {
            words::PLANE_HINT.get(lang).to_string()
        };
        html! {
            <p class="data-names" role="status"><b data-testid={testid::POINTS_COUNT}>{ count }</b>{ " · " }{ hint }</p>
        }
    }
}

/// What a key does.
fn key(name: &str) -> Option<PointsMsg> {
    Some(match name {
        "ArrowLeft" => PointsMsg::Step(-STEP, 0.0),
        "ArrowRight" => PointsMsg::Step(STEP, 0.0),
        "ArrowUp" => PointsMsg::Step(0.0, STEP),
        "ArrowDown" => PointsMsg::Step(0.0, -STEP),
        "Enter" | " " => PointsMsg::Key(Tool::Draw(0)),
        "Delete" | "Backspace" => PointsMsg::Key(Tool::Erase),
        _ => return None,
    })
}

/// The place of a pointer in `[-1, 1]²`, y upwards.
fn at(node: &NodeRef, e: &PointerEvent) -> Option<(f32, f32)> {
    let rect = node.cast::<Element>()?.get_bounding_client_rect();
    let x = (f64::from(e.client_x()) - rect.left()) / rect.width().max(1.0) * 2.0 - 1.0;
    let y = 1.0 - (f64::from(e.client_y()) - rect.top()) / rect.height().max(1.0) * 2.0;
    Some((x as f32, y as f32))
}

impl Component for PointsEditor {
    type Message = PointsMsg;
    type Properties = PointsProps;

    fn create(ctx: &Context<Self>) -> Self {
        PointsEditor {
            drawing: Drawing::new(ctx.props().data.points.clone().unwrap_or_default()),
            tool: Tool::Draw(0),
            brush: 0.0,
            down: false,
            keys: false,
            plane: NodeRef::default(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: PointsMsg) -> bool {
        match msg {
            PointsMsg::Down(x, y) => {
                (self.down, self.keys) = (true, false);
                self.drawing.begin();
                self.drawing.touch(self.tool, self.brush, (x, y));
            }
            PointsMsg::Move(x, y) if self.down => self.drawing.drag(self.tool, self.brush, (x, y)),
            PointsMsg::Move(..) => return false,
            PointsMsg::Up => {
                self.down = false;
                self.hand_over(ctx);
            }
            PointsMsg::Step(dx, dy) => {
                self.keys = true;
                self.drawing.move_cursor(dx, dy);
            }
            PointsMsg::Key(tool) => {
                self.keys = true;
                let tool = if tool == Tool::Erase { tool } else { self.tool };
                self.drawing.begin();
                self.drawing.touch(tool, self.brush, self.drawing.cursor);
                self.hand_over(ctx);
            }
            PointsMsg::Tool(tool) => self.tool = tool,
            PointsMsg::Brush(radius) => self.brush = radius,
            PointsMsg::Undo => {
                self.drawing.undo();
                self.hand_over(ctx);
            }
            PointsMsg::Clear => {
                self.drawing.begin();
                self.drawing.clear();
            }
            PointsMsg::Left => self.keys = false,
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &PointsProps) -> bool {
        // Points from outside (undo of the page, a link) replace the drawing; our own coming back do not.
        let given = ctx.props().data.points.as_deref();
        if given != old.data.points.as_deref() && given.is_some_and(|p| p != self.drawing.points()) && !self.down {
            self.drawing = Drawing::new(given.unwrap_or(&[]).to_vec());
        }
        if matches!(self.tool, Tool::Draw(class) if class >= Self::classes(ctx)) {
            self.tool = Tool::Draw(0);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        html! {
            <div class="points">
                { self.view_plane(ctx) }
                { self.view_tools(ctx) }
                <NumberField id={testid::POINTS_BRUSH} {lang} label={words::BRUSH.get(lang)} help={words::BRUSH_HELP.get(lang)}
                    value={crate::ui::form::scale::exact(self.brush)} limits={Limits::real(0.0, 0.5)}
                    scale={Scale::Linear { min: 0.0, max: 0.5, step: 0.05 }}
                    onchange={ctx.link().callback(|v: f64| PointsMsg::Brush(v as f32))} />
                { self.view_count(ctx) }
            </div>
        }
    }
}
