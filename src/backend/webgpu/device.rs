//! The device: asked for, its limits checked, its buffers counted, its faults kept.
//!
//! A fault is never a panic: whoever meets one stores it, and the executor does nothing any more until its owner has read it.
//! Not responsible for what runs.

use super::kernel::{Arena, GROUPS_MAX, SLOT_BYTES, THREADS};
use super::kernels::gemm::Sums;
pub use crate::engine::exec::Fault;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

/// What was done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Command buffers given to the card.
    pub submissions: usize,
    /// Compute passes.
    pub passes: usize,
    /// Writes from the processor.
    pub writes: usize,
    /// Words that those brought.
    pub words: usize,
    /// Dispatches.
    pub dispatches: usize,
    /// Pipelines made.
    pub pipelines: usize,
}

/// See the module.
#[derive(Debug)]
pub struct Device {
    device: wgpu::Device,
    /// Takes commands.
    pub queue: wgpu::Queue,
    /// What it is.
    pub info: wgpu::AdapterInfo,
    layout: wgpu::BindGroupLayout,
    pipeline_layout: wgpu::PipelineLayout,
    pipelines: RefCell<HashMap<String, Rc<wgpu::ComputePipeline>>>,
    fault: Arc<Mutex<Option<Fault>>>,
    bytes: Rc<Cell<u64>>,
    /// What was done so far.
    pub counts: Cell<Counts>,
    /// How products are summed; tests try the other way too.
    pub sums: Cell<Sums>,
    max_binding: u64,
}

fn is_played(info: &wgpu::AdapterInfo) -> bool {
    info.device_type == wgpu::DeviceType::Cpu
}

/// A buffer that is given back when it is dropped: on the web dropping alone does nothing for a while.
#[derive(Debug)]
pub struct Memory {
    /// The buffer.
    pub buffer: wgpu::Buffer,
    bytes: Rc<Cell<u64>>,
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.bytes.set(self.bytes.get() - self.buffer.size());
        self.buffer.destroy();
    }
}

fn needed(limits: &wgpu::Limits) -> Result<(), Fault> {
    for (name, there, least) in [
        ("max_storage_buffers_per_shader_stage", limits.max_storage_buffers_per_shader_stage, Arena::ALL.len() as u32),
        ("max_compute_invocations_per_workgroup", limits.max_compute_invocations_per_workgroup, THREADS as u32),
        ("max_compute_workgroup_size_x", limits.max_compute_workgroup_size_x, THREADS as u32),
        ("max_compute_workgroup_storage_size", limits.max_compute_workgroup_storage_size, 16_384),
        ("max_compute_workgroups_per_dimension", limits.max_compute_workgroups_per_dimension, GROUPS_MAX as u32),
    ] {
        if there < least {
            return Err(Fault::Limit(name, u64::from(there), u64::from(least)));
        }
    }
    if limits.min_uniform_buffer_offset_alignment > SLOT_BYTES as u32 {
        let there = u64::from(limits.min_uniform_buffer_offset_alignment);
        return Err(Fault::Limit("min_uniform_buffer_offset_alignment", there, SLOT_BYTES as u64));
    }
    Ok(())
}

impl Device {
    /// Asks for the fastest adapter and its device.
    ///
    /// # Errors
    /// [`Fault::NoAdapter`], [`Fault::NoDevice`], [`Fault::Limit`].
    pub async fn request() -> Result<Device, Fault> {
        let flags = wgpu::InstanceFlags::STRICT_WEBGPU_COMPLIANCE;
        let backends =
            if cfg!(target_arch = "wasm32") { wgpu::Backends::BROWSER_WEBGPU } else { wgpu::Backends::VULKAN };
        let all =
            wgpu::InstanceDescriptor { backends, flags, ..wgpu::InstanceDescriptor::new_without_display_handle() };
        let options = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            ..wgpu::RequestAdapterOptions::default()
        };
        let adapter = wgpu::Instance::new(all).request_adapter(&options).await.map_err(|_| Fault::NoAdapter)?;
        let limits = adapter.limits();
        needed(&limits)?;
        let max_binding = limits.max_storage_buffer_binding_size.min(limits.max_buffer_size);
        let asked = wgpu::DeviceDescriptor {
            label: Some("gradarium"),
            required_limits: wgpu::Limits {
                max_storage_buffer_binding_size: limits.max_storage_buffer_binding_size,
                max_buffer_size: limits.max_buffer_size,
                ..wgpu::Limits::default()
            },
            ..wgpu::DeviceDescriptor::default()
        };
        let (device, queue) = adapter.request_device(&asked).await.map_err(|e| Fault::NoDevice(e.to_string()))?;
        Ok(Device::new(device, queue, adapter.get_info(), max_binding))
    }

    fn new(device: wgpu::Device, queue: wgpu::Queue, info: wgpu::AdapterInfo, max_binding: u64) -> Device {
        let fault: Arc<Mutex<Option<Fault>>> = Arc::default();
        let keep = |fault: &Arc<Mutex<Option<Fault>>>| {
            let fault = fault.clone();
            move |new: Fault| {
                // Of several the first is the cause.
                if let Ok(mut kept) = fault.lock() {
                    kept.get_or_insert(new);
                }
            }
        };
        let lost = keep(&fault);
        device.set_device_lost_callback(move |_, words| lost(Fault::Lost(words)));
        let refused = keep(&fault);
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| match error {
            wgpu::Error::OutOfMemory { .. } => refused(Fault::OutOfMemory(error.to_string())),
            _ => refused(Fault::Refused(error.to_string())),
        }));
        let entry = |binding: usize, ty, has_dynamic_offset| wgpu::BindGroupLayoutEntry {
            binding: binding as u32,
            visibility: wgpu::ShaderStages::COMPUTE,
            ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset, min_binding_size: None },
            count: None,
        };
        let storage =
            |a: &Arena| entry(*a as usize, wgpu::BufferBindingType::Storage { read_only: *a == Arena::Inbox }, false);
        let mut entries: Vec<_> = Arena::ALL.iter().map(storage).collect();
        entries.extend([8, 9].map(|binding| entry(binding, wgpu::BufferBindingType::Uniform, true)));
        let layout =
            device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: None, entries: &entries });
        let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: None,
            bind_group_layouts: &[Some(&layout)],
            immediate_size: 0,
        });
        let sums = if is_played(&info) { Sums::Registers } else { Sums::Tiles };
        Device {
            device,
            queue,
            info,
            layout,
            pipeline_layout,
            pipelines: RefCell::default(),
            fault,
            bytes: Rc::default(),
            counts: Cell::default(),
            sums: Cell::new(sums),
            max_binding,
        }
    }

    /// Whether a program plays the card: never to be preferred to SIMD.
    pub fn is_software(&self) -> bool {
        is_played(&self.info)
    }

    /// What went wrong, if anything did.
    pub fn fault(&self) -> Option<Fault> {
        self.fault.lock().map_or(Some(Fault::Silent), |f| f.clone())
    }

    /// Notes that something went wrong.
    pub fn fail(&self, new: Fault) {
        if let Ok(mut kept) = self.fault.lock() {
            kept.get_or_insert(new);
        }
    }

    /// Bytes in all buffers.
    pub fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// Counts something.
    pub fn count(&self, change: impl FnOnce(&mut Counts)) {
        let mut counts = self.counts.get();
        change(&mut counts);
        self.counts.set(counts);
    }

    /// Whether so many numbers fit into one arena.
    ///
    /// # Errors
    /// [`Fault::TooLarge`].
    pub fn admit(&self, numbers: usize) -> Result<(), Fault> {
        let bytes = numbers as u64 * 4;
        if bytes > self.max_binding { Err(Fault::TooLarge(bytes, self.max_binding)) } else { Ok(()) }
    }

    /// Zeros.
    pub fn memory(&self, numbers: usize, usage: wgpu::BufferUsages) -> Memory {
        let size = (numbers * 4).max(SLOT_BYTES) as u64;
        let label = None;
        let buffer =
            self.device.create_buffer(&wgpu::BufferDescriptor { label, size, usage, mapped_at_creation: false });
        self.bytes.set(self.bytes.get() + size);
        Memory { buffer, bytes: self.bytes.clone() }
    }

    /// Binds one buffer for each arena, a buffer of slots and the inbox.
    pub fn bind(&self, arenas: [&wgpu::Buffer; 8], slots: &wgpu::Buffer) -> wgpu::BindGroup {
        let mut entries: Vec<wgpu::BindGroupEntry> = arenas
            .iter()
            .enumerate()
            .map(|(i, b)| wgpu::BindGroupEntry { binding: i as u32, resource: b.as_entire_binding() })
            .collect();
        let size = wgpu::BufferSize::new(SLOT_BYTES as u64);
        let slot = |buffer| wgpu::BindingResource::Buffer(wgpu::BufferBinding { buffer, offset: 0, size });
        entries.push(wgpu::BindGroupEntry { binding: 8, resource: slot(slots) });
        entries.push(wgpu::BindGroupEntry { binding: 9, resource: slot(arenas[Arena::Inbox as usize]) });
        self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &self.layout,
            entries: &entries,
        })
    }

    /// The pipeline for a shader; equal texts are one.
    pub fn pipeline(&self, name: &str, text: String) -> Rc<wgpu::ComputePipeline> {
        if let Some(pipeline) = self.pipelines.borrow().get(&text) {
            return pipeline.clone();
        }
        let source = wgpu::ShaderSource::Wgsl(text.as_str().into());
        let module = self.device.create_shader_module(wgpu::ShaderModuleDescriptor { label: Some(name), source });
        let pipeline = Rc::new(self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(name),
            layout: Some(&self.pipeline_layout),
            module: &module,
            entry_point: Some("main"),
            compilation_options: wgpu::PipelineCompilationOptions {
                zero_initialize_workgroup_memory: false,
                ..Default::default()
            },
            cache: None,
        }));
        self.count(|c| c.pipelines += 1);
        self.pipelines.borrow_mut().insert(text, pipeline.clone());
        pipeline
    }

    /// A list of commands to fill.
    pub fn encoder(&self) -> wgpu::CommandEncoder {
        self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: None })
    }

    /// Waits, where that is possible, until the card has done all that it was given.
    pub fn wait(&self, timeout: std::time::Duration) {
        let poll = wgpu::PollType::Wait { submission_index: None, timeout: Some(timeout) };
        if self.device.poll(poll).is_err() {
            self.fail(Fault::Silent);
        }
    }

    /// Gives the device back; whoever uses it afterwards meets [`Fault::Lost`].
    pub fn destroy(&self) {
        self.device.destroy();
    }
}
